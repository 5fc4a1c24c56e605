const makers =
  'Nordvik Halden Castor Brema Tilia Orsolo Venn Kestrel Marlow Sorano Lindqvist Okawa'.split(' ')
const qualities =
  'Galvanised Stainless Brass Copper Oak Birch Cotton Nylon Ceramic Tempered Insulated Flexible Compact Heavy Foldable Magnetic Recycled Organic Smoked Roasted'.split(
    ' ',
  )
const things =
  'Bolt,Hex Nut,Washer,Hinge,Bracket,Clamp,Hose,Valve,Pipe Elbow,Bearing,Cable,Plug,Switch,Lamp,Battery,Drill Bit,Saw Blade,Screwdriver,Pliers,Hammer,Paint Brush,Sandpaper,Sealant,Adhesive,Rope,Tarpaulin,Gloves,Helmet,Goggles,Boots,Notebook,Envelope,Binder,Pencil,Marker,Stapler,Coffee,Green Tea,Oat Biscuit,Olive Oil,Rice,Honey,Soap,Shampoo,Towel,Blanket,Candle,Vase,Mug,Plate'.split(
    ',',
  )
const sizes = 'M4 M6 M8 M10 10mm 16mm 25mm 40mm 1/2" 3/4" 250g 500g 1kg 0.5l 1l S L XL'.split(' ')

const pick = (words: readonly string[], number: number) => words[number % words.length]!

/** A name such as a catalogue has; the number at its end keeps names apart. */
export function productName(product: number): string {
  const mixed = Math.imul(product + 1, 0x9e3779b1) >>> 0
  return `${pick(makers, mixed >>> 3)} ${pick(qualities, mixed >>> 9)} ${pick(things, mixed >>> 15)} ${pick(sizes, mixed >>> 21)} ${product}`
}

/** Unique: letters of what it is, then its number. */
export function productSku(product: number): string {
  const mixed = Math.imul(product + 1, 0x9e3779b1) >>> 0
  const letters = pick(things, mixed >>> 15)
    .slice(0, 3)
    .toUpperCase()
  return `${letters}-${pick(makers, mixed >>> 3)
    .slice(0, 2)
    .toUpperCase()}-${String(product).padStart(7, '0')}`
}

export const categoryName = (index: number) =>
  `${pick(things, index)} ${pick(qualities, index * 7)} ${index}`

export const partnerName = (index: number) =>
  `${pick(makers, index * 5)} ${pick(things, index * 3)} ${pick(['Ltd', 'GmbH', 'AS', 'BV', 'Oy'], index)} ${index}`
