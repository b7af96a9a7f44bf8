subject = { $count ->
    [one] { $count } nieuwtje voor u
   *[other] { $count } nieuwtjes voor u
}
greeting = Beste { $name },
intro-daily = dit is er gebeurd sinds de mail van gisteren:
intro-weekly = dit is er gebeurd sinds de mail van vorige week:
published = Nieuw
added = Toegevoegd
changed = Gewijzigd
withdrawn = Ingetrokken
translated = Vertaald
scheduled = Aangekondigd
moved = Nieuwe tijd of plaats
cancelled = Afgelast
placed = U heeft een plaats
held = Heeft plaatsgevonden
documented = De stukken zijn er
paired = Steden gekoppeld
opened = Nu open
matched = Gevonden voor uw zoekopdracht “{ $search }”
more = { $count ->
    [one] En nog één.
   *[other] En nog { $count }.
}
why = U krijgt deze mail omdat u { $host } om een overzicht hebt gevraagd.
unsubscribe = Stuur mij geen overzichten meer
ask = Moet { $host } u geen overzichten meer sturen?
yes = Geen overzichten meer
done = Gedaan: { $host } stuurt u geen overzichten meer. U kunt er daar altijd weer om vragen.
unknown = Deze link leidt nergens (meer) heen.
