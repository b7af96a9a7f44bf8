subject = { $count ->
    [one] { $count } novedad para usted
   *[other] { $count } novedades para usted
}
greeting = Hola, { $name }:
intro-daily = esto ha ocurrido desde el correo de ayer:
intro-weekly = esto ha ocurrido desde el correo de la semana pasada:
published = Nuevo
added = Añadido
changed = Modificado
withdrawn = Retirado
translated = Traducido
scheduled = Anunciado
moved = Nueva fecha o nuevo lugar
cancelled = Cancelado
placed = Tiene plaza
held = Se celebró
documented = Los documentos están disponibles
paired = Ciudades emparejadas
opened = Abierto
matched = Encontrado para su búsqueda «{ $search }»
more = { $count ->
    [one] Y una más.
   *[other] Y { $count } más.
}
why = Recibe este correo porque pidió un resumen a { $host }.
unsubscribe = No enviarme más resúmenes
ask = ¿Debe { $host } dejar de enviarle resúmenes?
yes = No más resúmenes
done = Hecho: { $host } ya no le envía resúmenes. Puede volver a pedirlos allí en cualquier momento.
unknown = Este enlace no lleva (ya) a ninguna parte.
