//! French.

use super::{Labels, Said, Tongue, Withdrawal, cause, is_charged, is_refund, redialled, until};
use crate::{
    job::effect::MailKind,
    language::{Language, Page},
    mail::{Facts, LinkFacts},
    redial::Outcome,
};

/// French, formal.
pub(super) struct French;

const LABELS: Labels = Labels {
    greeting: "Bonjour,",
    automatic: "Cet e-mail a été envoyé automatiquement.",
    recipient: "Destinataire",
    pages: "Pages",
    job: "Commande",
    price: "Prix",
    began: "Début",
    delivered: "Remis",
    csid: "Identifiant du poste destinataire",
    no_csid: "aucun indiqué",
    attempt: "Tentative",
    sent_sha256: "SHA-256 de l’envoi",
    kept_until: "Conservé jusqu’au",
    deletion: "Attestation de suppression",
    originals: "Fichiers téléversés (notre stockage)",
    page_copies: "Pages de fax et aperçus (notre stockage)",
    transmissions: "Fichiers pour la transmission (notre stockage)",
    picture: "Image de la première page (notre stockage)",
    carrier_copy: "Copie chez l’opérateur",
    picture_waits: "sera supprimée dès que cet e-mail sera remis",
    picture_kept: "sera supprimée dès que vous aurez téléchargé le rapport, au plus tard 24 heures après la remise",
    not_deleted: "pas encore supprimé ; nous continuons d’essayer, voir la page de suivi",
    receipt: "Reçu",
    receipt_number: "Numéro de reçu",
    service: "Prestation",
    supplied: "Date de la prestation",
    net: "Montant HT",
    vat: "TVA",
    gross: "Montant TTC",
    supplier: "Prestataire",
};

const WITHDRAWAL: Withdrawal = Withdrawal {
    subject: "Votre rétractation est reçue",
    paragraph: "Nous avons reçu votre rétractation. Nous l’examinons et vous répondrons. En voici le contenu :",
    names: ["Déclaration", "Nom", "Contrat", "Adresse e-mail", "Reçu le"],
    declared: "Je me rétracte du contrat portant sur l’envoi d’un fax.",
    closing: "Si ce n’était pas vous, veuillez répondre à cet e-mail.",
};

impl Tongue for French {
    fn labels(&self) -> &'static Labels {
        &LABELS
    }

    fn order(&self, kind: MailKind, facts: &Facts<'_>) -> Said {
        let to = &facts.to;
        match kind {
            MailKind::Delivered => delivered(facts),
            MailKind::Undelivered => self.undelivered(facts),
            MailKind::Corrected => (
                format!("Votre fax part maintenant vers le {to}"),
                vec![
                    "Vous avez modifié le numéro. Nous appelons à nouveau, sans nouveau paiement.".into(),
                    "Si ce n’était pas vous, quelqu’un d’autre a votre lien privé.".into(),
                ],
            ),
            MailKind::Released => released(facts),
            MailKind::Ordered | MailKind::Link | MailKind::Expiring => ordered(facts),
        }
    }

    fn cause(&self, outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::Busy => "La ligne était occupée.",
            Outcome::NoAnswer => "Personne n’a répondu.",
            Outcome::NotAFax => "Aucun télécopieur n’a répondu à ce numéro.",
            Outcome::LineLost => {
                "La communication a été coupée pendant la transmission ; des pages ont pu être imprimées."
            }
            Outcome::Rejected => "Le destinataire a refusé l’appel.",
            Outcome::Unreachable => "Le numéro n’est pas attribué ou n’est pas joignable.",
            Outcome::DocumentRefused => "L’opérateur n’a pas pu traiter les pages.",
            _ => "L’opérateur n’a pas pu passer l’appel.",
        }
    }

    fn price(&self, gross: &str, percent: &str, vat: &str) -> String {
        format!("{gross} (dont TVA {percent} % : {vat})")
    }

    fn rate(&self, percent: &str) -> String {
        format!("{} {percent} %", LABELS.vat)
    }

    fn supply(&self, to: &str, pages: u32) -> String {
        let unit = if pages == 1 { "page" } else { "pages" };
        format!("Fax au {to}, {pages} {unit}")
    }

    fn deleted(&self, at: &str) -> String {
        format!("suppression faite et vérifiée le {at}")
    }

    fn link(&self, facts: &LinkFacts<'_>) -> Said {
        let reminder = facts.reminder(Language::Fr).map_or_else(String::new, |day| {
            format!(" Si le fax n’est pas encore envoyé le {day}, nous vous le rappelons une fois ; vous pouvez y renoncer sur place.")
        });
        (
            format!("Votre fax commencé chez {}", facts.head.name),
            vec![
                "sur notre site, quelqu’un a demandé d’envoyer à cette adresse le lien vers un fax commencé. Il se poursuit \
                 ici :"
                    .into(),
                facts.url.clone(),
                "Le lien ouvre le fax et ses fichiers. Ne le transmettez qu’à qui vous confiez les deux.".into(),
                format!(
                    "Les fichiers sont conservés jusqu’au {}, puis supprimés. Vous pouvez aussi les y supprimer tout de \
                     suite.{reminder}",
                    facts.end(Language::Fr)
                ),
                "Si vous n’avez rien demandé, quelqu’un s’est trompé d’adresse. Veuillez alors supprimer cet e-mail.".into(),
            ],
        )
    }

    fn expiring(&self, facts: &LinkFacts<'_>) -> Said {
        let end = facts.end(Language::Fr);
        (
            format!("Votre fax chez {} sera supprimé le {end}", facts.head.name),
            vec![
                format!(
                    "vous avez demandé ce rappel : votre fax n’est pas encore envoyé. Le {end}, ses fichiers seront supprimés. \
                     D’ici là, vous pouvez le terminer ici, ou le supprimer tout de suite :"
                ),
                facts.url.clone(),
                "C’est le seul rappel. Si vous n’avez plus besoin du fax, il n’y a rien à faire.".into(),
            ],
        )
    }

    fn data(&self, service: &str, url: &str) -> Said {
        (
            format!("Vos données chez {service}"),
            vec![
                "quelqu’un a demandé les fax liés à cette adresse e-mail. Ce lien permet de les voir, de les télécharger et de \
                 les supprimer. Il est valable une heure, une seule fois :"
                    .into(),
                url.to_owned(),
                "Si rien n’est enregistré pour cette adresse, la page le dira. Si ce n’était pas vous, il n’y a rien à faire : \
                 sans cet e-mail, personne ne voit rien."
                    .into(),
            ],
        )
    }

    fn withdrawal(&self) -> &'static Withdrawal {
        &WITHDRAWAL
    }
}

fn ordered(facts: &Facts<'_>) -> Said {
    let held = format!(
        "Le montant de {} est seulement réservé. Il n’est débité que lorsque le fax est remis.",
        facts.amount(facts.price)
    );
    let taken = format!(
        "Le montant de {} est débité, car votre moyen de paiement ne permet pas de réserver une somme. Si le fax n’est pas \
         remis, nous le remboursons.",
        facts.amount(facts.price)
    );
    let mut paragraphs = vec![
        "merci pour votre commande. Nous appelons maintenant.".to_owned(),
        if is_charged(facts) { taken } else { held },
    ];
    if let Some(url) = &facts.link {
        paragraphs.push("Le lien que vous avez demandé montre où en est le fax :".to_owned());
        paragraphs.push(url.clone());
    }
    (format!("Votre fax au {} est commandé", facts.to), paragraphs)
}

fn delivered(facts: &Facts<'_>) -> Said {
    let verify = facts.page(Page::Verify);
    let mut paragraphs = vec!["le télécopieur destinataire a confirmé la réception de toutes les pages.".to_owned()];
    if facts.encloses {
        paragraphs[0].push_str(" Le rapport d’envoi signé est joint.");
        paragraphs.push(format!("Chacun peut vérifier qu’il est inchangé sur {verify}."));
    } else {
        paragraphs.push(
            "Le rapport d’envoi n’est pas joint : il n’a pas pu être établi, et nous en sommes avertis. Avec votre lien privé, \
             vous le téléchargez sur la page de suivi, pendant 30 jours."
                .to_owned(),
        );
    }
    (format!("Votre fax au {} a été remis", facts.to), paragraphs)
}

impl French {
    fn undelivered(&self, facts: &Facts<'_>) -> Said {
        let price = facts.amount(facts.price);
        let free =
            if is_charged(facts) { "Vous ne payez que pour un fax remis." } else { "Rien n’a été débité." };
        let enclosed = if facts.encloses {
            "Le rapport de toutes les tentatives est joint."
        } else {
            "Le rapport de toutes les tentatives se télécharge sur la page de suivi."
        };
        (
            format!("Votre fax au {} n’a pas pu être remis", facts.to),
            vec![
                format!("{}{}", cause(self, facts), redialled(facts, " Les nouvelles tentatives n’ont rien changé.")),
                format!(
                    "{free} Sur la page de suivi, vous pouvez jusqu’au {} corriger le numéro et renvoyer le fax sans nouveau \
                     paiement, ou récupérer tout de suite le montant de {price}.",
                    until(facts)
                ),
                "Sans action de votre part, nous le rendons ensuite de nous-mêmes.".into(),
                enclosed.into(),
            ],
        )
    }
}

fn released(facts: &Facts<'_>) -> Said {
    let price = facts.amount(facts.price);
    let money = if is_refund(facts) {
        format!("nous avons demandé le remboursement de {price}.")
    } else {
        format!(
            "nous avons levé la réservation de {price}. Rien n’a été débité ; selon votre banque, la réservation disparaît au \
             bout de quelques jours."
        )
    };
    let pages = "Vos pages sont conservées comme tout envoi non terminé, un mois au plus après le téléversement, ou jusqu’à ce que \
                 vous les supprimiez.";
    (format!("L’argent de votre fax au {} vous revient", facts.to), vec![money, pages.into()])
}
