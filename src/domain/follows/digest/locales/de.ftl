subject = { $count ->
    [one] { $count } Neuigkeit für Sie
   *[other] { $count } Neuigkeiten für Sie
}
greeting = Guten Tag { $name },
intro-daily = das ist seit der gestrigen Mail geschehen:
intro-weekly = das ist seit der Mail der letzten Woche geschehen:
published = Neu
added = Hinzugefügt
changed = Geändert
withdrawn = Zurückgezogen
translated = Übersetzt
scheduled = Angekündigt
moved = Neue Zeit oder neuer Ort
cancelled = Abgesagt
placed = Sie haben einen Platz
held = Hat stattgefunden
documented = Unterlagen liegen vor
paired = Städtepaar gebildet
opened = Jetzt offen
matched = Gefunden für Ihre Suche „{ $search }“
more = { $count ->
    [one] Und noch eine weitere.
   *[other] Und { $count } weitere.
}
why = Sie erhalten diese Mail, weil Sie sich bei { $host } eine Zusammenfassung gewünscht haben.
unsubscribe = Keine weiteren Zusammenfassungen
ask = Soll { $host } Ihnen keine Zusammenfassungen mehr senden?
yes = Keine Zusammenfassungen mehr
done = Erledigt: { $host } sendet Ihnen keine Zusammenfassungen mehr. Sie können sie dort jederzeit wieder bestellen.
unknown = Dieser Link führt nirgendwohin (oder nicht mehr).
