subject = { $count ->
    [one] { $count } novidade para si
   *[other] { $count } novidades para si
}
greeting = Olá, { $name },
intro-daily = isto aconteceu desde a mensagem de ontem:
intro-weekly = isto aconteceu desde a mensagem da semana passada:
published = Novo
added = Adicionado
changed = Alterado
withdrawn = Retirado
translated = Traduzido
scheduled = Anunciado
moved = Nova data ou novo local
cancelled = Cancelado
placed = Tem lugar
held = Realizou-se
documented = Os documentos estão disponíveis
paired = Cidades emparelhadas
opened = Aberto
matched = Encontrado para a sua pesquisa “{ $search }”
more = { $count ->
    [one] E mais uma.
   *[other] E mais { $count }.
}
why = Recebe esta mensagem porque pediu um resumo a { $host }.
unsubscribe = Não me enviar mais resumos
ask = { $host } deve deixar de lhe enviar resumos?
yes = Não quero mais resumos
done = Feito: { $host } já não lhe envia resumos. Pode voltar a pedi-los a qualquer momento.
unknown = Esta ligação não leva (já) a lado nenhum.
