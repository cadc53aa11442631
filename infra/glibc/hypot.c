// hypot and hypotf of the C library under their oldest version. glibc 2.35 has given both a new one, the renderer calls
// both, and so a binary built on Debian 12 would ask for 2.35, which provided.al2023 (2.34) does not have. The function
// is the same; only errno is set no more, which nobody reads. Compiled by build.rs into the functions alone that need it.
#if defined(__x86_64__)
#define OLDEST "GLIBC_2.2.5"
#elif defined(__aarch64__)
#define OLDEST "GLIBC_2.17"
#endif

double oldest_hypot(double x, double y);
float oldest_hypotf(float x, float y);
__asm__(".symver oldest_hypot, hypot@" OLDEST);
__asm__(".symver oldest_hypotf, hypotf@" OLDEST);

// Hidden, or the loader would take these for the C library's own and they would call themselves.
#pragma GCC visibility push(hidden)
double hypot(double x, double y) { return oldest_hypot(x, y); }
float hypotf(float x, float y) { return oldest_hypotf(x, y); }
