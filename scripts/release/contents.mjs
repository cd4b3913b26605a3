/** What must not be inside the files of a release. */

/** Anything that a drawing could run. */
const ACTIVE_SVG = /<script|<foreignObject|\son[a-z]+\s*=|javascript:/i;

/** A link or picture of Markdown: the part in front of a title. */
const LINK = /!?\[[^\]]*\]\(\s*<?([^)\s>]+)/g;

/** Absolute paths of the machine that built: they say who built where, and no debugger finds them. */
const ABSOLUTE_SOURCE = /^(file:\/\/)?(\/(home|root|work|Users|tmp|builds?|github)\/|[A-Za-z]:[\\/])/;

/** The catalogue shows these texts without the files beside them. */
export function* checkText(name, text) {
  for (const [, target] of text.matchAll(LINK)) {
    if (!/^(https:\/\/|mailto:|#)/.test(target)) {
      yield `${name} links ${target}, which leads nowhere in the catalogue; only https:// does`;
    }
  }
}

export function* checkSvg(name, text) {
  if (ACTIVE_SVG.test(text)) {
    yield `${name} holds something that runs; a logo is a drawing`;
  }
}

/** What a source map names besides sources: packages, what Grafana shares, and webpack's own. */
const NO_SOURCE = /^(\.\.\/node_modules\/|external |webpack\/)/;

/** Reviewers hold each source in a map against the repository's, by the path below src/. */
function* checkSources(name, { sources = [], sourcesContent = [] }, { id, sourceOf }) {
  const prefix = `webpack://${id}/`;
  for (const [at, source] of sources.entries()) {
    const below = source.startsWith(prefix) ? source.slice(prefix.length) : undefined;
    if (below === undefined) {
      yield `${name} names ${source}, which does not begin with ${prefix}`;
    } else if (!NO_SOURCE.test(below) && sourceOf(below.replace(/\?.*$/, '')) !== sourcesContent[at]) {
      yield `${name} holds ${source}, which is not what src/ has there`;
    }
  }
}

function* checkSourceMap(name, bytes, repository) {
  let map;
  try {
    map = JSON.parse(bytes.toString());
  } catch (error) {
    yield `${name} is no source map: ${error.message}`;
    return;
  }
  const absolute = (map.sources ?? []).find((source) => ABSOLUTE_SOURCE.test(source));
  if (absolute !== undefined) {
    yield `${name} names ${absolute}, a path of the machine that built it`;
    return;
  }
  yield* checkSources(name, map, repository);
}

/**
 * Every script has the source map that reviewers read, and is a production build.
 *
 * @param {{ id: string, sourceOf: (file: string) => string | undefined }} repository the app's id, and the text of a file
 *   below src/
 */
export function* checkBundles(files, repository) {
  for (const [name, { bytes }] of files) {
    if (name.endsWith('.js.map')) {
      yield* checkSourceMap(name, bytes, repository);
    }
    if (/(^|\/)module\.js$/.test(name)) {
      if (!files.has(`${name}.map`)) {
        yield `${name}.map, the source map, is missing`;
      }
      if (/webpackHotUpdate|livereload\.js|\beval\("/.test(bytes.toString())) {
        yield `${name} is a development build`;
      }
    }
  }
}
