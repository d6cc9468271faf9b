const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Elements that are shown. All others vanish; their content stays unless they are in `droppedElements`. */
export const shownElements = words(`
  a abbr acronym address area article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details
  dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main map mark nav ol
  p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr
`)

/** Elements that go with all they contain. */
export const droppedElements = words(`
  applet audio base basefont bgsound canvas command datalist dialog embed fencedframe frame frameset iframe input isindex keygen link
  math meta meter noembed noframes object option optgroup output param portal progress script select selectedcontent source style svg
  template textarea title track video
`)

export const voidElements = words('area br col hr img wbr')

/** Attributes that can only change how things look or are read out; any value is harmless once escaped. */
export const plainAttributes = words(`
  abbr align alink alt axis bgcolor border bordercolor cellpadding cellspacing char charoff class clear color cols colspan compact coords
  datetime dir face frame height hspace lang link noshade nowrap open reversed rows rowspan rules scope shape size span start summary
  text title type valign value vlink vspace width
`)

/** Put before ids and names, so that a message can't take the place of anything of ours. */
export const idPrefix = 'mail-'

export const maxAttribute = 2000
