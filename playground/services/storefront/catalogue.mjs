/** The articles of the shop: made up, but always the same. */
const WORDS = ['lantern', 'kettle', 'blanket', 'compass', 'hammock', 'thermos', 'tarp', 'stove', 'rope', 'mug'];
const COLOURS = ['red', 'moss green', 'navy', 'sand', 'black'];

const ARTICLES = 400;

function article(number) {
  const word = WORDS[number % WORDS.length];
  const colour = COLOURS[number % COLOURS.length];
  return {
    number,
    name: `${colour} ${word} no. ${number}`,
    cents: 499 + ((number * 7919) % 9500),
    description: Array.from({ length: 12 }, (_, i) => `${WORDS[(number + i) % WORDS.length]} ${colour}`).join(', '),
  };
}

export const CATALOGUE = Array.from({ length: ARTICLES }, (_, number) => article(number));

/** Looks through all texts, one regular expression an article: the slow way, on purpose. */
export function searchCatalogue(text) {
  return CATALOGUE.filter(({ name, description }) => matches(`${name} ${description}`, text));
}

function matches(text, wanted) {
  return new RegExp(wanted.split(' ').join('.*'), 'iu').test(text);
}
