//! French.

use crate::problem::Code;

/// What is wrong.
pub(super) fn title(code: Code) -> &'static str {
    match code {
        Code::BadRequest => "La demande est illisible",
        Code::NotFound => "Ce fax n’existe pas",
        Code::TooManyDocuments => "Trop de fichiers",
        Code::DocumentTooLarge => "Un fichier est trop volumineux",
        Code::JobTooLarge => "Les fichiers sont trop volumineux ensemble",
        Code::EmptyDocument => "Un fichier est vide",
        Code::CoverTooLong => "La page de garde est trop longue",
        Code::TooManyPages => "Trop de pages",
        Code::LettersUnknown => "Caractères impossibles à imprimer",
        Code::TooManyChanges => "Ce fichier a été modifié trop souvent",
        Code::NumberInvalid => "Ce n’est pas un numéro de fax",
        Code::NumberNotAllowed => "Ce type de numéro n’est pas appelé",
        Code::NumberCountryUnsupported => "Pas encore de fax vers ce pays",
        Code::EmailInvalid => "Ce n’est pas une adresse e-mail",
        Code::ConsentMissing => "Un accord manque",
        Code::PriceChanged => "Le prix a changé",
        Code::NotReady => "Les pages ne sont pas prêtes",
        Code::WrongStage => "Ce n’est pas possible maintenant",
        Code::TextInvalid => "Il manque quelque chose ou c’est trop long",
        Code::TooManyRequests => "Trop de demandes",
        Code::TooManyLinks => "Le lien a été envoyé assez souvent",
        Code::OtherAddress => "Une autre adresse e-mail est liée à ce fax",
        Code::MailStopped => "Nous n’envoyons plus rien à cette adresse",
        Code::SignatureInvalid => "La signature n’est pas valable",
        Code::TryAgain => "Veuillez réessayer",
        Code::Internal => "Une erreur est survenue",
    }
}

/// What to do.
pub(super) fn detail(code: Code) -> &'static str {
    match code {
        Code::BadRequest => "Rechargez la page et réessayez.",
        Code::NotFound => "Vérifiez le lien : il doit être complet, et les fax sont supprimés au bout d’un mois.",
        Code::TooManyDocuments => "Envoyez au plus 20 fichiers dans un fax.",
        Code::DocumentTooLarge => "Un fichier peut avoir au plus 20 Mo. Enregistrez-le plus petit ou divisez-le.",
        Code::JobTooLarge => "Ensemble, ils peuvent avoir au plus 50 Mo.",
        Code::EmptyDocument => "Choisissez le fichier à nouveau.",
        Code::CoverTooLong => "Raccourcissez le message pour qu’il tienne sur une page.",
        Code::TooManyPages => "Un fax peut avoir 200 pages. Retirez-en ou envoyez deux fax.",
        Code::LettersUnknown => {
            "Les émojis et les écritures autres que latine, grecque et cyrillique ne s’impriment pas sur la page de garde."
        }
        Code::TooManyChanges => "Retirez le fichier et ajoutez-le à nouveau.",
        Code::NumberInvalid => "Saisissez le numéro avec l’indicatif, sans lettres ni poste.",
        Code::NumberNotAllowed => {
            "Les numéros surtaxés ne sont pas appelés. Demandez au destinataire un numéro ordinaire."
        }
        Code::NumberCountryUnsupported => "Vérifiez l’indicatif du pays.",
        Code::EmailInvalid => "Saisissez une adresse comme nom@example.com.",
        Code::ConsentMissing => "Cochez la case pour que nous puissions commencer tout de suite.",
        Code::PriceChanged => "Regardez le nouveau prix et commandez à nouveau.",
        Code::NotReady => {
            "Attendez que tous les fichiers soient convertis et retirez ceux qui ne peuvent pas être faxés."
        }
        Code::WrongStage => "Rechargez la page pour voir où en est votre fax.",
        Code::TextInvalid => "Remplissez chaque champ et soyez bref.",
        Code::TooManyRequests => "Réessayez dans une heure ou écrivez-nous un e-mail.",
        Code::TooManyLinks => {
            "Regardez dans la boîte de réception, et dans les indésirables, ou copiez le lien de la barre d’adresse."
        }
        Code::OtherAddress => "Prenez l’adresse que vous avez indiquée en premier.",
        Code::MailStopped => {
            "Un e-mail nous est revenu ou a été signalé comme indésirable. Saisissez une autre adresse."
        }
        Code::SignatureInvalid => "Rien n’a été modifié.",
        Code::TryAgain => "Quelque chose est occupé. Réessayez dans quelques secondes ; rien n’est perdu.",
        Code::Internal => {
            "C’est notre faute et nous en sommes avertis. Vos fichiers sont conservés ; réessayez plus tard."
        }
    }
}
