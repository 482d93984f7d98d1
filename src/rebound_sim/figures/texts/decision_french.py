"""Mots des figures de décision, en français."""

from __future__ import annotations

from rebound_sim.figures.typography import french

DECISION = french({
    "worlds_title": "{best} : {low} à {high} emplois additionnels, quatre mondes sur cinq",
    "worlds_axis": "Emplois additionnels après {months} mois",
    "worlds_note": "Traits : un par monde, jeu de paramètres que le calage n'exclut pas, sous un "
    "même hasard. Barre : quatre mondes sur cinq ; disque : le monde médian.",
    "worlds_right": "mieux que\nsans aide",
    "alt_worlds": "Emplois additionnels de {n} stratégies dans chacun des {worlds} mondes. Plus "
    "forte médiane : {best}, {median} emplois, {low} à {high} dans quatre mondes sur cinq.",
    "duels_title": "{best} : devant chaque autre dans au moins {least} mondes sur {worlds}",
    "duels_axis": "Mondes où la ligne\nest devant la colonne",
    "duels_note": "Selon les emplois additionnels à la fin ; même hasard pour toutes les "
    "stratégies d'un monde ; une égalité compte pour moitié. Encadré : neuf sur dix ou plus.",
    "alt_duels": "Tableau de {n} stratégies : dans combien des {worlds} mondes chacune crée plus "
    "d'emplois que chaque autre. {best} : au moins {least}.",
    "world_regret_title": "{safest} : jamais plus de {most} emplois derrière la meilleure",
    "world_regret_axis": "Emplois de plus pour la meilleure stratégie du monde",
    "world_regret_note": "Traits : un par monde. Carré : plus grand regret des mondes ; disque : "
    "le regret moyen.",
    "alt_world_regret": "Regret de {n} stratégies dans chacun des {worlds} mondes, celui de la "
    "meilleure du monde étant nul. Plus petit des plus grands regrets : {safest}, {most} emplois.",
    "frontier_title": "La moitié de l'enveloppe donne {share} des emplois en prévision, {came} "
    "en simulation",
    "frontier_title_predicted": "La moitié de l'enveloppe apporterait {share} des emplois prédits",
    "frontier_title_plain": "Emplois, équité et euros des meilleures répartitions",
    "frontier_axis_x": "Millions d'euros alloués",
    "frontier_axis_y": "Emplois additionnels",
    "frontier_bar": "Emplois manquants pour 1 000\nhabitants, pire dixième des zones",
    "frontier_plans": "répartitions prédites",
    "frontier_note": "Disques : répartitions qu'aucune autre ne bat à la fois en emplois, en "
    "équité et en euros, prédites à partir de zones simulées seules, dans {n} mondes. Carrés : "
    "plans simulés dans le programme entier, moyenne de {judging} autres mondes.",
    "alt_frontier": "{n} répartitions entre {low} et {high} millions d'euros ; de {least} à {most} "
    "emplois prédits.",
    "judged_title": "{plan} : devant « {reference} » dans {ahead} mondes sur {worlds}, {gain} "
    "emplois dans le monde médian",
    "judged_note": "Traits : un par monde, {n} mondes qui n'ont pas choisi les plans, avec un "
    "autre hasard. Barre : quatre mondes sur cinq ; disque : la médiane. Bleu : plans optimaux ; "
    "orange : stratégies.",
    "judged_right": "M€\ndépensés",
    "alt_judged": "Emplois additionnels de {n} plans et stratégies dans {worlds} mondes. {plan}, "
    "choisi d'avance : médiane {median}.",
    "optimal_map_title": "Où vont {euros} millions d'euros et {days} jours : {plan}",
    "optimal_map_note": "Disque : plafond d'aides. {days} Plus sombre : crédits ouverts plus "
    "tard. Les zones sans disque ne reçoivent pas d'aide.",
    "optimal_map_days": "Nombre : jours de conseil.",
    "optimal_map_same_days": "Chaque zone nommée reçoit {days} jours de conseil.",
    "optimal_map_early": "aides dès l'ouverture",
    "optimal_map_late": "aides plus tard",
    "optimal_map_none": "jours seuls, ou rien",
    "alt_optimal_map": "Carte de {n} zones sous le {plan} : {euros} millions d'euros d'aides "
    "et {days} jours de conseil ; le plus à {first}, {most} millions d'euros.",
    "tornado_title": "Ce qui décide d'abord : {first} ({count} sur {all} au-dessus du hasard)",
    "tornado_title_first": "Ce qui décide d'abord de {what} : {first}",
    "tornado_title_none": "Aucun des {all} paramètres ne se distingue du hasard",
    "tornado_axis": "Corrélation des rangs avec {what}",
    "tornado_note": "Bande : le plus fort de {all} paramètres inertes atteint ses bornes une fois "
    "sur vingt par hasard ; pointillés : un seul paramètre inerte.",
    "alt_tornado": "Corrélations des rangs des {n} paramètres les plus forts avec {what}, sur "
    "{worlds} mondes : {first}, {value}, est le plus fort.",
    "difference_of": "l'avance en emplois de « {first} » sur « {second} »",
    "level_of": "les emplois de « {first} »",
    "box_title": "{inside} des mondes de la boîte, {outside} des autres",
    "box_none": "Aucune boîte de mondes n'est plus dense que le hasard",
    "box_note": "Plein : mondes où {event} ; vide : les autres. Dans des mondes que la recherche "
    "n'avait pas vus : {unseen}. Sur des mondes mélangés, une recherche fait aussi bien avec une "
    "chance de {chance}.",
    "box_none_note": "Plein : mondes où {event} ; vide : les autres ; selon les deux "
    "paramètres les plus forts. Cela se produit dans {inside} des {worlds} mondes de la boîte la "
    "plus dense ; sur des mondes mélangés, une recherche fait aussi bien avec une chance de "
    "{chance}.",
    "box_yes": "oui",
    "box_no": "non",
    "event_difference": "« {first} » crée plus d'emplois que « {second} »",
    "event_level": "« {first} » crée plus d'emplois que sa médiane",
    "box_not_sought_note": "Plein : mondes où {event} ; vide : les autres ; selon les deux "
    "paramètres les plus forts. Aucun n'est au-dessus du hasard : aucune boîte n'est cherchée.",
    "alt_box_none": "{worlds} mondes selon {x} et {y} : aucune boîte de mondes où {event} n'est "
    "plus dense que le hasard.",
    "alt_box": "{worlds} mondes selon {x} et {y} : {inside} dans la boîte, {outside} en dehors, où "
    "{event}.",
    "information_title": "Connaître l'effet d'un jour vaut de {low} à {high} {unit}",
    "information_axis": "Ce que vaut de savoir avant de choisir, {unit}",
    "information_note": "Barre : valeur attendue de l'information parfaite ; trait : erreur type ; "
    "pâle : pas plus que le hasard. Croyances sur l'effet d'un jour d'ingénierie : aucune étude ne "
    "le mesure.",
    "unit_jobs": "emplois",
    "unit_eur": "millions d'euros",
    "belief_calibrated": "Mondes du calage",
    "belief_sceptic": "Un jour fait sans doute peu",
    "belief_confident": "Un jour fait sans doute beaucoup",
    "effect of engineering": "effet de l'ingénierie (ensemble)",
    "pace of projects without help": "rythme des projets sans aide (ensemble)",
    "effect of a grant": "effet d'une aide (ensemble)",
    "alt_information": "Ce que vaut de savoir selon trois croyances : l'effet d'un jour, de {low} "
    "à {high} {unit}.",
    "setting": "{zones} zones : {closures} fermetures, {jobs} emplois",
    "setting_envelope": "enveloppe de {amount}",
    "worlds_count": "{n} mondes",
    "decision_source": "Source : simulation avec rebound-sim {version}, {n} mondes.",
})  # fmt: skip
LIST = french({
    "worlds": "emplois additionnels de chaque stratégie dans chaque monde : médiane et quatre "
    "mondes sur cinq",
    "duels": "dans combien de mondes chaque stratégie est devant chaque autre",
    "world_regret": "ce que chaque stratégie a de moins que la meilleure, monde par monde",
    "frontier": "meilleures répartitions : emplois, équité et euros",
    "judged": "plans optimaux et stratégies dans des mondes qui n'ont pas choisi les plans",
    "optimal_map": "le plan optimal sur la carte : euros d'aides et jours par zone",
    "drivers": "paramètres qui comptent, à côté de ce qu'atteignent des paramètres inertes",
    "box": "la boîte de mondes où cela se produit",
    "information": "ce que vaut de savoir, selon trois croyances",
})  # fmt: skip
PLANS = french({
    "best_mean": "plan maximisant l'emploi", "best_corrected": "plan maximisant l'emploi, corrigé",
    "best_tail": "plan prudent", "least_regret": "plan du moindre regret",
    "best_worst_tenth": "plan des zones les plus touchées", "fair": "plan emploi et équité",
    "even": "plan d'égalité des pertes", "leximin": "plan d'équité stricte",
    "three_quarters": "plan aux trois quarts", "half": "plan à la moitié",
    "quarter": "plan au quart",
})  # fmt: skip
