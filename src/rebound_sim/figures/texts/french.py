"""Words of all figures in French. Spaces before ; : ! ? % and inside « » are set by `french`."""

from __future__ import annotations

from rebound_sim.figures.typography import french

RUN = french({
    "announcement_axis": "Mois depuis l'annonce",
    "burn_in_axis": "Mois depuis la fin de l'initialisation",
    "months_only": "Mois",
    "layoff_axis": "Mois depuis les premiers licenciements",
    "no_shock": "Sans fermeture",
    "none": "Fermeture, sans politique",
    "policy": "Fermeture et politique",
    "replications": "{n} réplications",
    "one_replication": "1 réplication : aucun intervalle ne peut être donné",
    "zones": "{n} zones",
    "setting_closure": "{zone} : fermeture d'un établissement de {jobs} emplois",
    "setting_closures": "{zones} : {closures} fermetures, {jobs} emplois",
    "setting_zone": "{zone} : sans fermeture",
    "setting_zones": "{zones} : sans fermeture",
    "setting_envelope": "enveloppe de {amount}",
    "source": "Source : simulation avec rebound-sim {version}, graine {seed}, {n}.",
    "paired": "Les écarts sont pris dans chaque réplication, avec les mêmes tirages aléatoires.",
    "bands": "Bande d'un écart : intervalle à 95 % de la moyenne, Student, sur {n} réplications "
    "appariées.",
    "fan": "Trait : médiane des réplications ; bandes : leurs 50 % et 90 % centraux.",
    "strands": "Trait épais : médiane des réplications ; traits fins : chacune d'elles.",
    "single": "Une seule réplication : les traits montrent une trajectoire possible, non un effet.",
    "employment_title": "Emplois avec et sans la politique",
    "jobs_axis": "Emplois dans la zone",
    "difference_axis": "Écart, emplois",
    "closure_effect": "Effet de la fermeture\n(sans politique − sans fermeture)",
    "policy_effect": "Effet de la politique\n(avec − sans politique)",
    "first_layoffs": "premiers licenciements",
    "unemployment_title": "Le chômage avec et sans la politique",
    "rate_axis": "Taux de chômage, %",
    "rate_points": "Écart, points",
    "rate_effect": "Politique − aucune",
    "rate_levels": "Moyenne des réplications",
    "displaced_title": "Où sont les salariés licenciés",
    "displaced_axis": "% des résidents licenciés par l'établissement",
    "in_work_gain": "En emploi : avec − sans politique",
    "points_axis": "Points",
    "permanent": "CDI, dans la zone",
    "fixed_term": "CDD ou intérim, dans la zone",
    "self_employed": "À leur compte",
    "outside": "En emploi hors de la zone",
    "training": "En formation",
    "unemployed_supported": "Au chômage, CSP ou congé",
    "unemployed": "Au chômage, autres",
    "inactive": "Inactifs, halo compris",
    "retired": "Retraités",
    "left": "Partis de la zone",
    "displaced_note": "Moyenne des réplications. Base : résidents licenciés par "
    "l'établissement jusque-là qui n'ont pas quitté la zone.",
    "funnel_title": "Projets industriels, de la détection à l'exploitation",
    "funnel_bars": "Projets à chaque étape\naprès {month} mois",
    "gain_detected": "Détectés ou au-delà",
    "gain_mature": "Mûrs ou au-delà",
    "gain_decided": "Décidés ou au-delà",
    "gain_operating": "En exploitation",
    "projects_axis": "Projets",
    "difference_projects_axis": "Écart, projets",
    "detected": "Détecté",
    "mature": "Mûr (dossier complet)",
    "decided": "Décidé",
    "permitted": "Autorisé",
    "built": "Construit",
    "operating": "En exploitation",
    "operating_since": "En exploitation, ouvert\ndepuis le début",
    "funnel_note": "Projets en cours, y compris ceux d'avant la fermeture ; les projets latents et "
    "abandonnés sont laissés de côté. À droite : écart à cette étape ou au-delà, chaque panneau à "
    "son échelle. Barres d'erreur : intervalle à 95 % de la moyenne, Student sur la racine carrée "
    "(jamais au-dessous de 0). {axis}.",
    "money_title": "Crédits engagés (AE) et payés (CP), au regard de l'enveloppe",
    "millions_axis": "Millions d'euros",
    "thousands_axis": "Milliers d'euros",
    "kept": "CP payés, nets des\nreversements",
    "to_pay": "AE engagées, à payer",
    "cancelled": "AE annulées",
    "uncommitted": "Non engagés",
    "returned": "CP payés, puis reversés",
    "envelope": "Enveloppe",
    "money_note": "Moyenne des réplications, en cumul. Enveloppe = non engagé + engagé ; engagé = "
    "payé + à payer + annulé. La revitalisation est payée par le groupe qui ferme. {axis}.",
    "alt_employment": "Courbes des emplois sur {months} mois. À la fin, médianes : {no_shock} sans "
    "fermeture, {none} avec elle et sans politique, {policy} avec la politique. Effet de la "
    "politique à la fin : {effect} emplois (de {low} à {high}).",
    "alt_unemployment": "Courbes du taux de chômage sur {months} mois. À la fin, en moyenne : "
    "{no_shock} % sans fermeture, {none} % avec et sans politique, {policy} % avec la politique. "
    "Effet de la politique à la fin : {effect} point ({low} à {high}).",
    "alt_displaced": "Aires empilées : situation des salariés licenciés sur {months} mois depuis "
    "les premiers licenciements. En emploi à la fin : {none} sans la politique et {policy} avec ; "
    "écart de {gain} point (de {low} à {high}).",
    "alt_funnel": "Barres : projets à chaque étape après {month} mois, sans et avec la politique ; "
    "en exploitation : {none} et {policy}. Courbes : écart de mois en mois à une étape ou au-delà "
    "; en exploitation à la fin : {gain} (de {low} à {high}).",
    "alt_money": "Aires sur {months} mois, un panneau par instrument. {amounts}",
    "alt_money_part": "{instrument} : enveloppe {envelope}, engagé {committed}, payé {paid} "
    "millions d'euros à la fin.",
})  # fmt: skip

PROGRAMME = french({
    "interval": "Barres : intervalle à 95 % de la moyenne, Student, sur {n} réplications "
    "appariées, un chiffre à la fois.",
    "bands": "Bandes : intervalle à 95 % de la moyenne, Student, sur {n} réplications appariées, "
    "un mois à la fois.",
    "point_bands": "Bandes : intervalle à 95 % de la moyenne, Student sur l'arcsinus, sur {n} "
    "réplications appariées, un point à la fois.",
    "single": "Une seule réplication montre une trajectoire possible, non un effet.",
    "none": "Sans programme",
    "no_shock": "Sans fermetures",
    "policy": "Avec le programme",
    "employment_title": "Emplois avec et sans le programme, toutes zones",
    "jobs_axis": "Emplois, toutes zones",
    "closure_effect": "Effet des fermetures\n(sans programme − sans fermetures)",
    "policy_effect": "Effet du programme\n(avec − sans programme)",
    "displaced_axis": "% des résidents licenciés",
    "displaced_note": "Moyenne des réplications, {zones} zones additionnées par mois depuis les "
    "premiers licenciements de chacune, tant que toutes sont suivies. Base : résidents licenciés "
    "jusque-là qui n'ont pas quitté leur zone.",
    "in_work_gain": "En emploi : avec − sans programme",
    "funnel_note": "Toutes zones. Projets en cours, y compris ceux d'avant les fermetures ; les "
    "projets latents et abandonnés sont laissés de côté. À droite : écart à cette étape ou "
    "au-delà, chaque panneau à son échelle. Barres d'erreur : intervalle à 95 % de la moyenne, "
    "Student sur la racine carrée (jamais au-dessous de 0). {axis}.",
    "ranking_title": "Emplois additionnels après {months} mois",
    "ranking_axis": "Emplois additionnels, toutes zones (stratégie − sans programme)",
    "ranks": "Rangs possibles",
    "ranks_note": "Les rangs valent ensemble pour toutes les paires de stratégies à 95 % (Holm).",
    "pairs_title": "Probabilité qu'une stratégie crée plus d'emplois qu'une autre",
    "pairs_axis": "Probabilité que la moyenne de\nla ligne dépasse celle de la colonne, %",
    "pairs_note": "Sur les moyennes, au vu des réplications (t de Student, a priori plat) ; 1 et "
    "99 veulent dire au plus et au moins. Encadré : établi, toutes paires considérées ensemble "
    "(Holm, 95 %).",
    "plane_title": "Efficacité et équité des stratégies après {months} mois",
    "worst_axis": "Emplois manquants pour 1 000 résidents\ndans le dixième de zones le plus touché",
    "plane_better": "mieux",
    "plane_note": "Dixième le plus touché : le dixième des zones (arrondi au-dessus) où il manque "
    "le plus d'emplois dans chaque réplication, parmi celles qui ont une fermeture. Barres "
    "verticales : intervalle à 95 % de l'écart à l'absence de programme, apparié.",
    "costs_title": "Dépense publique par emploi additionnel",
    "costs_axis": "Milliers d'euros par emploi additionnel après {months} mois",
    "costs_note": "Dépense moyenne / emplois moyens. Barres : intervalle à 95 %, Fieller, sur {n} "
    "réplications appariées. Non montré : l'intervalle des emplois additionnels contient 0.",
    "costs_cut": "Flèches : l'intervalle se prolonge.",
    "not_shown": "non montré",
    "months_axis": "Mois depuis la fin de l'initialisation",
    "committed": "AE engagées",
    "paid": "CP payés, nets des reversements",
    "allocated": "Alloués aux zones",
    "money_note": "Ingénierie et subventions du programme, en cumul, moyenne des réplications.",
    "gaps_title": "Emplois par rapport à la trajectoire sans fermeture, zone par zone",
    "gaps_axis": "Emplois, écart à l'absence de fermeture",
    "gaps_note": "Moyenne des réplications. Chaque zone a sa propre échelle. Les zones sans "
    "fermeture ne s'écartent de 0 que par ce que fait le programme.",
    "map_title": "Emplois additionnels par zone après {months} mois",
    "map_note": "Aire d'un disque en proportion de la moyenne des emplois additionnels ; creux : "
    "l'intervalle à 95 % de la zone (Student, {n} réplications appariées) contient 0.",
    "map_simplified": "Contours : Insee-IGN, zones d'emploi 2025, simplifiés (Licence "
    "Ouverte Etalab) ; les zones du programme sont teintées.",
    "map_left_out": "Entités du fichier écartées, sans contour ou code de zone : {count}.",
    "map_outlines": "Contours : {file} ; les zones du programme sont teintées.",
    "map_negative": "moins d'emplois",
    "map_positive": "plus d'emplois",
    "map_unclear": "l'intervalle contient 0",
    "jobs": "{n} emplois",
    "best_established": "{strategy}, première de {n}",
    "best_estimate": "{strategy} : estimation la plus haute, non établie comme première",
    "account_title": "Des emplois annoncés aux emplois additionnels après {months} mois",
    "account_axis": "Emplois, toutes zones",
    "account_note": "Annoncés : par les projets aidés dont l'investissement est décidé. Aubaine : "
    "emplois des mêmes projets, le même mois, sans programme. Évincés : travail plus cher et "
    "postes non pourvus. Multiplicateur : ménages et clients locaux. Moustaches : intervalle à 95 "
    "% de chaque ligne, Student. Les lignes s'additionnent dans chaque réplication.",
    "announced_jobs": "Annoncés",
    "undelivered_jobs": "Non livrés",
    "gross_jobs": "Bruts",
    "deadweight_jobs": "Aubaine",
    "time_shifted": "dont seulement anticipés : {value}",
    "crowded_out_jobs": "Évincés",
    "multiplier_jobs": "Multiplicateur",
    "other_jobs": "Autres causes, hasard",
    "additional_jobs": "Additionnels",
    "shares_title": "Ce que deviennent les emplois bruts, stratégie par stratégie",
    "shares_axis": "Emplois, toutes zones, après {months} mois",
    "shares_note": "Barres : moyenne des réplications ; emplois bruts = aubaine + anticipés + "
    "induits. Losange : emplois additionnels (induits et anticipés + multiplicateur − évincés + "
    "autres causes), avec leur intervalle à 95 %, Student, sur {n} réplications appariées.",
    "time_shifted_jobs": "Anticipés",
    "induced_jobs": "Induits",
    "event_title": "Emplois avant et après les licenciements, moyenne des zones",
    "event_closure": "Fermeture : sans programme − sans fermeture",
    "event_programme": "Programme : stratégie − sans programme",
    "event_axis": "Emplois par zone, écart",
    "event_note": "{zones} zones calées sur leurs premiers licenciements, les mêmes tous les mois. "
    "Chaque courbe est l'écart à un jumeau soumis aux mêmes tirages : les mois d'avant les "
    "licenciements montrent ce que fait l'annonce seule.",
    "others": "autres stratégies",
    "hires_title": "Qui obtient les nouveaux emplois : embauches additionnelles par origine",
    "hires_axis": "Embauches additionnelles en {months} mois (stratégie − sans programme)",
    "hires_note": "Embauches de toutes les entreprises des zones. Un poste pris par une personne "
    "en emploi en ouvre un autre : il y a plus d'embauches que d'emplois additionnels.",
    "unemployed_origin": "Au chômage",
    "inactive_origin": "Inactifs",
    "job_to_job_origin": "Dans un autre emploi de la zone",
    "outsiders_origin": "Habitants d'autres zones",
    "returned_origin": "Résidents employés ailleurs",
    "solutions_title": "Retour à l'emploi des licenciés, par solution",
    "solutions_axis": "% des résidents licenciés",
    "solutions_dates": "Mois depuis les premiers licenciements (zones suivies)",
    "solutions_date": "{date} ({zones})",
    "solutions_note": "Moyenne des réplications, personnes qui n'ont pas quitté leur zone. Barre "
    "de gauche de chaque date : sans programme ; "
    "de droite, encadrée : {strategy}. Au-dessus : écart de la part en emploi, en points, avec son "
    "intervalle à 95 %, Student, sur {n} réplications appariées.",
    "business": "À leur compte",
    "searching": "En recherche d'emploi",
    "lorenz_title": "Concentration de la perte entre zones",
    "lorenz_x": "Résidents d'âge actif, % (zones les moins touchées d'abord)",
    "lorenz_y": "Part de l'aire de perte, %",
    "lorenz_equal": "même perte par résident",
    "lorenz_note": "Aire de perte : mois-emplois au-dessous de la trajectoire sans "
    "fermeture. {indices}",
    "lorenz_index": "Theil {theil} et Gini {gini}, {strategy}.",
    "marginal_title": "Emplois pour un million de plus, par zone et instrument",
    "marginal_axis": "Emplois additionnels par million d'euros payé",
    "marginal_note": "Pente des emplois sur les millions payés, entre stratégies, dans chaque zone "
    "et réplication : elle vaut entre les montants que ces stratégies ont payés, non au-delà. "
    "Barres : intervalle à 95 %, Student, sur {n} réplications appariées ; flèche : il se "
    "prolonge. Zone sans marque : non identifié.",
    "marginal_all": "Toutes zones",
    "alt_strategies": "Points et barres : emplois additionnels de {n} stratégies après {months} "
    "mois. La plus haute : {first}, {first_value} (de {first_low} à {first_high}). La plus basse : "
    "{last}, {last_value} (de {last_low} à {last_high}).",
    "alt_pairs": "Tableau de {n} bras en lignes et colonnes, dans l'ordre des emplois "
    "additionnels : probabilité, en %, que la moyenne de la ligne dépasse celle de la colonne. "
    "{established} paires ordonnées sur {pairs} sont établies.",
    "alt_efficiency_equity": "Nuage de {n} stratégies. En abscisse : emplois additionnels, de "
    "{low} à {high}. En ordonnée : emplois manquants pour 1 000 résidents dans le dixième de zones "
    "le plus touché, de {bottom} à {top} ; {base} sans programme.",
    "alt_costs": "Points et barres : milliers d'euros dépensés par emploi additionnel. Le plus "
    "bas : {first}, {first_value} (de {first_low} à {first_high}). Le plus haut : {last}, "
    "{last_value} (de {last_low} à {last_high}). Non montré : {hidden}.",
    "alt_money": "{n} petits panneaux, un par stratégie, sur {months} mois. Enveloppe : {envelope} "
    "millions d'euros. À la fin, engagé : de {committed_low} à {committed_high} millions ; payé : "
    "de {paid_low} à {paid_high} millions.",
    "alt_zones_gap": "{n} petits panneaux, un par zone, sur {months} mois : emplois par rapport à "
    "la trajectoire sans fermeture. À la fin, moyennes sans programme de {none_low} à {none_high} "
    "; avec {strategy} de {low} à {high}.",
    "alt_zones_map": "Carte de {n} zones : emplois additionnels avec {strategy}, de {low} "
    "({low_zone}) à {high} ({high_zone}). L'intervalle contient 0 dans {unclear} zones.",
    "alt_employment": "Courbes des emplois de toutes les zones sur {months} mois. À la fin, "
    "médianes : {no_shock} sans fermetures, {none} sans programme, {policy} avec. Effet du "
    "programme à la fin : {effect} emplois (de {low} à {high}).",
    "alt_displaced": "Aires empilées : situation des salariés licenciés sur {months} mois depuis "
    "les premiers licenciements. En emploi à la fin : {none} sans le programme et {policy} avec ; "
    "écart de {gain} point (de {low} à {high}).",
    "alt_funnel": "Barres : projets à chaque étape après {month} mois, sans et avec le programme ; "
    "en exploitation : {none} et {policy}. Courbes : écart de mois en mois à une étape ou au-delà "
    "; en exploitation à la fin : {gain} (de {low} à {high}).",
    "alt_job_account": "Barres des emplois annoncés aux additionnels avec {strategy} : {steps}.",
    "alt_job_shares": "Barres empilées des emplois bruts de {n} stratégies. {first} : {gross} "
    "emplois bruts, dont aubaine {deadweight} ; additionnels {additional} (de {low} à {high}).",
    "alt_event_study": "Courbes par mois depuis les premiers licenciements, moyenne de {zones} "
    "zones. Au mois {month} : fermeture {closure} emplois par zone (de {closure_low} à "
    "{closure_high}) ; {strategy} par rapport à l'absence de programme {value} (de {low} à "
    "{high}).",
    "alt_hires": "Barres par origine des personnes embauchées, {n} stratégies. {first} : {parts}.",
    "alt_solutions": "Barres empilées de la situation des licenciés à {dates} mois. En emploi à "
    "{month} mois : {none} sans programme, {policy} avec {strategy} ; écart de {gain} point (de "
    "{low} à {high}).",
    "alt_lorenz": "Courbes de la part de l'aire de perte selon la part des résidents, zones les "
    "moins touchées d'abord. La moitié la plus touchée des résidents porte {none} de la perte sans "
    "programme, {policy} avec {strategy}.",
    "alt_marginal": "Points et barres par zone, deux panneaux. Toutes zones ensemble : {parts}.",
    "nothing": "aucune",
    "to": "à",
})  # fmt: skip

#: Ce qu'un programme dit de toutes les zones, pour une zone et ses politiques.
ZONE = french({
    "none": "Sans politique",
    "account_axis": "Emplois",
    "shares_title": "Ce que deviennent les emplois bruts",
    "shares_axis": "Emplois après {months} mois",
    "hires_axis": "Embauches additionnelles en {months} mois (politique − sans politique)",
    "hires_note": "Embauches de toutes les entreprises de la zone. Un poste pris par une personne "
    "en emploi en ouvre un autre : il y a plus d'embauches que d'emplois additionnels.",
    "solutions_dates": "Mois depuis les premiers licenciements",
    "solutions_note": "Moyenne des réplications, personnes qui n'ont pas quitté la zone. Barre de "
    "gauche de chaque date : sans politique ; "
    "de droite, encadrée : {strategy}. Au-dessus : écart de la part en emploi, en points, avec son "
    "intervalle à 95 %, Student, sur {n} réplications appariées.",
    "solutions_date": "{date}",
    "alt_job_shares": "Barres empilées des emplois bruts. {first} : {gross} emplois bruts, dont "
    "aubaine {deadweight} ; additionnels {additional} (de {low} à {high}).",
    "alt_hires": "Barres par origine des personnes embauchées. {first} : {parts}.",
})  # fmt: skip

OTHERS = french({
    "tornado_title": "Sensibilité : {outcome}",
    "tornado_axis": "Changement du résultat par rapport à sa moyenne sur les points{unit}",
    "tornado_screen_axis": "Effet sur le résultat{unit}",
    "tornado_subtitle": "{points} points d'un plan · {strategy}",
    "tornado_screened": "{n} paramètres",
    "tornado_largest": "les {shown} plus grands de {n} paramètres",
    "tornado_low": "valeur basse",
    "tornado_high": "valeur haute",
    "tornado_note": "Moyenne des points du tiers bas et du tiers haut de chaque facteur (ou à son "
    "niveau le plus bas et le plus haut, écrit à côté), moins la moyenne de tous les points. "
    "Barres : intervalle à 95 %, Student, sur {n} réplications appariées, pour ces points. Les "
    "autres facteurs varient aussi.",
    "tornado_any": "résultat du tableau",
    "tornado_morris": "moments du calage",
    "tornado_morris_axis": "Plus grande force sur les moments : effet élémentaire\nabsolu moyen "
    "sur tout l'a priori, en écarts types\nde l'écart toléré et du hasard",
    "tornado_morris_note": "Criblage de Morris. Entre parenthèses : le moment que le paramètre "
    "déplace le plus. Sans intervalle : les forces sont des moyennes de peu de trajectoires.",
    "alt_tornado_screen": "Barres par paramètre, les plus grandes d'abord. {first} : {value}.",
    "tornado_screen_note": "Barres : intervalles donnés par le tableau. Entre crochets : valeurs "
    "basse et haute du paramètre.",
    "tornado_source": "Source : {file}.",
    "response_title": "Emplois additionnels selon chaque facteur du plan",
    "response_axis": "Emplois additionnels",
    "response_levels": "Trait : médiane sur les {n} réplications (mondes) de la moyenne des points "
    "d'un niveau ; bande : quatre sur cinq d'entre elles, {strategy}. Rien n'est simulé entre les "
    "niveaux. Les autres facteurs varient aussi.",
    "response_points": "Disque : un point simulé, médiane sur les {n} réplications (mondes) ; "
    "barre : quatre sur cinq d'entre elles, {strategy}. Rien n'est simulé entre les points. Les "
    "autres facteurs varient aussi.",
    "response_others": "Montrées : les {shown} stratégies de plus hautes moyennes, sur {all}.",
    "alt_response": "Courbes des emplois additionnels selon {factors}. {strategy}, selon {first} : "
    "{low} à {low_level}, {high} à {high_level}.",
    "heatmap_title": "Emplois additionnels selon deux facteurs",
    "heatmap_note": "Couleur et nombre : médiane sur les {n} réplications (mondes) de la moyenne "
    "des points d'une case, {points} dans chacune. Encadré : aucune stratégie n'y a de médiane "
    "plus haute. Vide : rien n'y est simulé.",
    "heatmap_subtitle": "{points} points d'un plan",
    "alt_heatmap": "Tableau de couleurs, {x} en abscisse et {y} en ordonnée. {strategy} : de {low} "
    "à {high} emplois additionnels.",
    "regret_title": "Regret des stratégies entre scénarios",
    "regret_axis": "Regret, emplois additionnels (meilleure du scénario − stratégie)",
    "regret_note": "Emplois abandonnés faute d'avoir choisi la stratégie d'estimation la plus "
    "haute à chaque point. Petites marques : points ; barre : plus grand regret et son intervalle "
    "à 95 % (rééchantillonnage des {n} réplications, la meilleure choisie à nouveau : jamais "
    "négatif). Avec peu de réplications, la meilleure peut devoir sa place au hasard.",
    "regret_point": "un point",
    "regret_largest": "plus grand regret",
    "outcome_additional_jobs": "emplois additionnels",
    "unit_jobs": "emplois",
    "calibration_title": "Chiffres simulés et leurs cibles : {family}",
    "calibration_all": "Chiffres simulés et leurs cibles",
    "calibration_axis": "Distance au milieu de la bande, en demi-largeurs",
    "calibration_note": "En gris : bande de la source. Disque : moyenne simulée dedans ; losange : "
    "dehors ; barre : intervalle à 95 %, Student, sur les réplications ; flèche : plus loin que "
    "montré. Creux : jamais ajusté (contrôle). À droite : valeur simulée et [bande de la source].",
    "calibration_sub": "{inside} chiffres sur {n} dans leur bande ; parmi ceux jamais ajustés, "
    "{check_inside} sur {checks}",
    "calibration_source": "Source : rebound validate, {file} ; cibles : sa colonne « source ».",
    "inside": "dedans",
    "outside": "dehors",
    "fitted": "ajusté",
    "never_fitted": "jamais ajusté",
    "source_sweep": "Source : simulation avec rebound-sim {version}, graine {seed}, {points} "
    "points de {n} réplications.",
    "alt_tornado": "Barres par paramètre, les plus grandes d'abord. {first} : de {low} à {high}.",
    "alt_regret": "Regret par stratégie sur {points} points. Plus petit des plus grands regrets : "
    "{first}, {value} emplois (de {low} à {high}).",
    "alt_calibration": "Points par chiffre, famille par famille : distance au milieu de la bande "
    "de la source. {inside} sur {n} sont dedans ; parmi ceux jamais ajustés, {check_inside} sur "
    "{checks}.",
})  # fmt: skip

#: Families of moments.
FAMILIES = french({
    "dates": "D'une année à l'autre",
    "flows": "Flux de main-d'œuvre",
    "projects": "Projets",
    "displaced": "Licenciés",
    "policy": "Politique",
    "spillovers": "Effets d'entraînement",
    "mobility": "Mobilité",
    "firms": "Entreprises",
    "cases": "Cas réels",
    "wages": "Salaires",
    "resilience": "Résilience",
})  # fmt: skip

#: Titles of shipped scenarios, in place of their own.
TITLES = french({
    "France 2030, car industry: 30 zones, 100 million euros":
        "France 2030, automobile : 30 zones, 100 millions d'euros",
    "Chocs industriels, the pilot of 2020: 11 territories":
        "Chocs industriels, le pilote de 2020 : 11 territoires",
    "Four small zones, 10 million euros": "Quatre petites zones, 10 millions d'euros",
    "A textbook basin, 500 jobs lost": "Un bassin type, 500 emplois perdus",
    "Ford Blanquefort, 849 jobs": "Ford Blanquefort, 849 emplois",
    "Goodyear Amiens-Nord, 1,143 jobs": "Goodyear Amiens-Nord, 1 143 emplois",
    "An insolvent metal works in Vierzon, 180 jobs":
        "Une usine métallurgique en faillite à Vierzon, 180 emplois",
})  # fmt: skip

#: Factors of sweeps that have words.
FACTORS = french({
    "programme.start_month": "début du programme, mois",
    "programme.envelope_eur": "enveloppe, M€",
    "programme.committee_months": "mois entre deux comités",
    "programme.grants_delay_months": "mois avant les premières subventions",
    "programme.engineering_share": "part de l'ingénierie",
    "programme.window_months": "mois ouverts aux dossiers",
    "programme.zone_ceiling_eur": "plafond d'une zone, M€",
    "time.months": "mois simulés",
    "instruments.days_effect": "effet d'un jour d'ingénierie",
    "programme": "fichier du programme",
    "scenario": "fichier du scénario",
    "zone.0.closure.0.jobs": "emplois de l'établissement",
    "policy": "politique",
})  # fmt: skip

#: One line for each figure, as `rebound figures --list --lang fr` prints it.
LIST = french({
    "strategies": "stratégies rangées par emplois additionnels, intervalles et rangs possibles",
    "pairs": "probabilité qu'une stratégie crée plus d'emplois qu'une autre, pour chaque paire",
    "efficiency_equity": "emplois additionnels et emplois manquants du dixième le plus touché",
    "costs": "dépense publique par emploi additionnel, avec intervalles",
    "employment": "emplois avec et sans la politique, éventails et écarts appariés",
    "event_study": "emplois par mois depuis les licenciements, contre le jumeau sans programme",
    "job_account": "des emplois annoncés aux emplois bruts et additionnels",
    "job_shares": "emplois bruts de chaque stratégie : aubaine, anticipés, induits",
    "unemployment": "taux de chômage avec et sans la politique, et l'écart apparié",
    "funnel": "projets industriels, de la détection à l'exploitation",
    "displaced": "où sont les salariés licenciés, de mois en mois",
    "solutions": "retour à l'emploi des licenciés par solution, à 6 à 60 mois",
    "hires": "qui obtient les nouveaux emplois : embauches additionnelles par origine",
    "money": "crédits engagés et payés au fil du temps, au regard de l'enveloppe",
    "zones_gap": "emplois par rapport à la trajectoire sans fermeture, un petit panneau par zone",
    "zones_map": "emplois additionnels par zone sur une carte",
    "lorenz": "concentration de la perte entre zones",
    "marginal": "emplois pour un million de plus, par zone et instrument",
    "response": "emplois additionnels selon chaque facteur d'un plan",
    "heatmap": "emplois additionnels selon deux facteurs d'un plan, par stratégie",
    "tornado": "sensibilité des emplois additionnels aux facteurs d'un plan ou d'un criblage",
    "regret": "regret des stratégies entre les points d'un plan",
    "calibration": "chiffres simulés au regard des bandes de leurs sources",
})  # fmt: skip
