subject = { $count ->
    [one] { $count } nouveauté pour vous
   *[other] { $count } nouveautés pour vous
}
greeting = Bonjour { $name },
intro-daily = voici ce qui s’est passé depuis le message d’hier :
intro-weekly = voici ce qui s’est passé depuis le message de la semaine dernière :
published = Nouveau
added = Ajouté
changed = Modifié
withdrawn = Retiré
translated = Traduit
scheduled = Annoncé
moved = Nouvelle date ou nouveau lieu
cancelled = Annulé
placed = Vous avez une place
held = A eu lieu
documented = Les documents sont disponibles
paired = Villes jumelées
opened = Ouvert
matched = Trouvé pour votre recherche « { $search } »
more = { $count ->
    [one] Et { $count } autre.
   *[other] Et { $count } autres.
}
why = Vous recevez ce message parce que vous avez demandé un résumé à { $host }.
unsubscribe = Ne plus m’envoyer ces résumés
ask = { $host } doit-il cesser de vous envoyer des résumés ?
yes = Plus de résumés
done = C’est fait : { $host } ne vous envoie plus de résumés. Vous pourrez en redemander à tout moment.
unknown = Ce lien ne mène (plus) nulle part.
