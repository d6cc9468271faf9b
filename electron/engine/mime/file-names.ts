/** Endings that some system runs or installs when the file is opened, or that carry code into a program. */
const dangerous = new Set(
  (
    'ade adp apk app application appref-ms appx appxbundle asp aspx bas bat cer chm cmd cnt com command cpl crt csh deb der desktop diagcab dll ' +
    'dmg docm dotm exe fxp gadget hlp hpj hta htc htm html img inf ins iso isp its jar jnlp job js jse ksh library-ms lnk mad maf mag mam maq ' +
    'mar mas mat mau mav maw mcf mda mdb mde mdt mdw mdz msc msh msh1 msh2 mshxml msi msix msp mst one onepkg ops osd pcd php pif pkg pl plg potm ' +
    'ppam ppsm pptm prf prg printerexport ps1 ps1xml ps2 ps2xml psc1 psc2 psd1 psdm1 pst py pyc pyo pyw pyz rb reg rpm run scf scpt scptd scr sct ' +
    'search-ms settingcontent-ms sh shb shs shtml svg swf terminal theme tmp tool udl url vb vbe vbp vbs vhd vhdx vsmacros vsw vxd webloc website ' +
    'workflow ws wsc wsf wsh xbap xht xhtml xlam xll xlsm xltm xnk xsl'
  ).split(' '),
)

const reserved = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i
const maxLength = 150

/** A name that is safe to show and to write into any folder of any system; never empty, never a path. */
export function safeFileName(name: string): string {
  const clean = name
    .slice(0, 4096)
    .normalize('NFC')
    .replace(/^.*[\\/]/s, '')
    // Line, paragraph, zero-width and direction characters can make "gpj.exe" look like "exe.jpg".
    // oxlint-disable-next-line no-control-regex -- control characters are exactly what is removed
    .replace(/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]/gu, '')
    .replace(/"/g, "'")
    .replace(/[<>:|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  if (clean === '') return 'attachment.bin'
  return shortened(reserved.test(clean) ? `_${clean}` : clean)
}

export function isDangerousFile(name: string): boolean {
  const ending = /\.([^.]+)$/.exec(safeFileName(name))?.[1]
  return ending !== undefined && dangerous.has(ending.toLowerCase().trim())
}

function shortened(name: string): string {
  if (name.length <= maxLength) return name
  const ending = /\.[^.]{1,20}$/.exec(name)?.[0] ?? ''
  const stem = name.slice(0, maxLength - ending.length).replace(/[\ud800-\udbff]$/, '')
  return `${stem.trimEnd()}${ending}`
}
