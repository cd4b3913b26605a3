/** What a release says of itself. */

/**
 * @returns the text of a version's section of the changelog, without its heading
 * @throws an Error where there is none or it says nothing
 */
export function sectionOf(changelog, version) {
  const section = changelog
    .split(/^## /m)
    .slice(1)
    .find((text) => text.split(/\s/, 1)[0] === version);
  const body = section?.slice(section.indexOf('\n')).trim();
  if (!body) {
    throw new Error(`CHANGELOG.md has no section "## ${version}", or nothing in it.`);
  }
  return `${body}\n`;
}
