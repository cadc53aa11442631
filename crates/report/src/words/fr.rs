//! French.

use justfax::redial::Outcome;

use super::Words;

/// All words but the outcomes.
pub(super) const WORDS: Words = Words {
    title: "Rapport d’envoi",
    delivered: "Remis (OK)",
    not_delivered: "Non remis",
    sender: "Expéditeur",
    recipient: "Destinataire",
    csid: "Identifiant du poste destinataire (CSID)",
    no_csid: "aucun indiqué",
    began: "Début",
    ended: "Fin",
    duration: "Durée de l’appel",
    pages: "Pages confirmées sur soumises",
    of: "sur",
    resolution: "Résolution",
    fine: "fine, 204 × 196 dpi",
    standard: "normale, 204 × 98 dpi",
    speed: "Débit, procédé",
    not_told: "non communiqué",
    result: "Résultat",
    job: "Commande",
    price: "Prix",
    vat: "dont TVA",
    zone: "Fuseau horaire",
    picture: "Première page, réduite, telle que transmise avec sa ligne d’en-tête",
    no_picture: "Sans image de la première page : documents et image sont supprimés. Les empreintes ci-dessous prouvent de quels \
                 fichiers il s’agissait.",
    attempts: "Toutes les tentatives",
    attempt_columns: ["N°", "Numéro appelé", "Début", "Fin", "Durée", "Pages", "Résultat"],
    files: "Fichiers et empreintes",
    file_columns: ["Fichier", "Pages, octets", "SHA-256"],
    sent_file: "Transmis",
    hashes: "L’empreinte SHA-256 d’un fichier porte sur le fichier téléversé, octet par octet ; celle de la transmission sur le \
             fichier PDF de toutes les pages avec leurs en-têtes, remis à l’opérateur.",
    proves: "Ce que prouve ce rapport",
    proof: "« OK » signifie : pendant l’appel, le télécopieur destinataire a confirmé toutes les pages. Les tribunaux allemands \
            y voient un indice de réception, pas une présomption ; que les pages aient été imprimées ou lues n’est pas prouvé \
            (BGH, IX ZR 148/10 et VI ZB 7/15).",
    no_proof: "Le rapport prouve les tentatives et leur issue, pas la réception.",
    form: "En Allemagne, un fax satisfait à la forme textuelle (§ 126b BGB), pas à la forme écrite (§ 126 BGB).",
    source: "Résultat, durée, pages et identifiant sont les indications de l’opérateur ; les heures sont celles de notre horloge.",
    signed: "Signé (Ed25519, clé",
    check: "Si ce fichier est inchangé, et à quel fichier il appartient, se vérifie sans téléversement sur :",
    facts: "Les indications du rapport d’envoi, lisibles par machine, avec leur signature",
    page: "Page",
    made: "Établi",
};

/// How an attempt ended, in few words.
pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Delivered => "OK",
        Outcome::Busy => "occupé",
        Outcome::NoAnswer => "sans réponse",
        Outcome::NotAFax => "pas de télécopieur",
        Outcome::LineLost => "communication coupée",
        Outcome::Rejected => "appel refusé",
        Outcome::Unreachable => "numéro injoignable",
        Outcome::CarrierTrouble => "incident chez l’opérateur",
        Outcome::DocumentRefused => "pages refusées par l’opérateur",
        Outcome::NotPlaced => "non appelé",
        Outcome::Cancelled => "annulé",
    }
}
