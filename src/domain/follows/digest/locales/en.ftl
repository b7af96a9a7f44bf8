# The digest by mail, and the page that ends it. Every language has the same messages; English is told where one has none.
subject = { $count ->
    [one] { $count } piece of news for you
   *[other] { $count } pieces of news for you
}
greeting = Hello { $name },
intro-daily = this happened since yesterday’s mail:
intro-weekly = this happened since last week’s mail:
published = New
added = Added
changed = Changed
withdrawn = Withdrawn
translated = Translated
scheduled = Scheduled
moved = New time or place
cancelled = Cancelled
placed = You have a place
held = Took place
documented = Documents are there
paired = Paired
opened = Open now
matched = Found for your search “{ $search }”
more = { $count ->
    [one] And one more.
   *[other] And { $count } more.
}
why = You get this mail because you asked { $host } for a digest.
unsubscribe = Send me no more of these
ask = Shall { $host } send you no more digests?
yes = No more digests
done = Done: { $host } sends you no more digests. You can ask for them again there at any time.
unknown = This link leads nowhere (any more).
