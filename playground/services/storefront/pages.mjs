/** The pages of the shop as HTML text. */

export function renderPage(title, articles) {
  const rows = articles.map(renderArticle).join('\n');
  return `<!doctype html><title>${escapeText(title)}</title><ul>\n${rows}\n</ul>`;
}

function renderArticle({ name, cents, description }) {
  return `<li><b>${escapeText(name)}</b> ${formatPrice(cents)}<p>${escapeText(description)}</p></li>`;
}

/** A formatter a price: what makes many shops slow, and easy to find in a profile. */
function formatPrice(cents) {
  return new Intl.NumberFormat('en-US', { style: 'currency', currency: 'EUR' }).format(cents / 100);
}

function escapeText(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);
}
