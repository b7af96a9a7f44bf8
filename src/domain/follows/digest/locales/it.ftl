subject = { $count ->
    [one] { $count } novità per Lei
   *[other] { $count } novità per Lei
}
greeting = Buongiorno { $name },
intro-daily = ecco che cosa è successo dal messaggio di ieri:
intro-weekly = ecco che cosa è successo dal messaggio della settimana scorsa:
published = Nuovo
added = Aggiunto
changed = Modificato
withdrawn = Ritirato
translated = Tradotto
scheduled = Annunciato
moved = Nuova data o nuovo luogo
cancelled = Annullato
placed = Ha un posto
held = Si è svolto
documented = I documenti sono disponibili
paired = Città abbinate
opened = Aperto
matched = Trovato per la Sua ricerca «{ $search }»
more = { $count ->
    [one] E un’altra.
   *[other] E altre { $count }.
}
why = Riceve questo messaggio perché ha chiesto un riepilogo a { $host }.
unsubscribe = Non inviarmi più riepiloghi
ask = { $host } deve smettere di inviarLe riepiloghi?
yes = Niente più riepiloghi
done = Fatto: { $host } non Le invia più riepiloghi. Può richiederli di nuovo in qualsiasi momento.
unknown = Questo collegamento non porta (più) da nessuna parte.
