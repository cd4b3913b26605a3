import { EditorView } from '@codemirror/view';

import type { GrafanaTheme2 } from '@grafana/data';

/** Makes CodeMirror look like an input of Grafana, its completion like a menu. */
export function codeFieldTheme(theme: GrafanaTheme2) {
  const { colors, components, shape, spacing, typography } = theme;
  return EditorView.theme(
    {
      '&': {
        backgroundColor: components.input.background,
        color: components.input.text,
        border: `1px solid ${components.input.borderColor}`,
        borderRadius: shape.radius.default,
        fontSize: typography.bodySmall.fontSize,
        minHeight: spacing(theme.components.height.md),
        maxHeight: spacing(20),
      },
      '&:hover': { borderColor: components.input.borderHover },
      '&.cm-focused': {
        outline: `2px solid ${colors.primary.main}`,
        outlineOffset: '1px',
      },
      '.cm-scroller': { fontFamily: typography.fontFamilyMonospace, lineHeight: 1.6 },
      '.cm-content': { padding: spacing(0.6, 0), caretColor: colors.text.maxContrast },
      '.cm-line': { padding: spacing(0, 1) },
      '.cm-placeholder': { color: colors.text.disabled },
      '.cm-cursor': { borderLeftColor: colors.text.maxContrast },
      '&.cm-focused .cm-selectionBackground, .cm-selectionBackground, .cm-content ::selection': {
        backgroundColor: colors.action.selected,
      },
      '&.cm-focused .cm-matchingBracket': { backgroundColor: colors.action.selected },
      '.cm-tooltip': {
        backgroundColor: colors.background.primary,
        color: colors.text.primary,
        border: `1px solid ${colors.border.medium}`,
        borderRadius: shape.radius.default,
        boxShadow: theme.shadows.z3,
        zIndex: String(theme.zIndex.portal),
      },
      '.cm-tooltip.cm-tooltip-autocomplete > ul': {
        fontFamily: typography.fontFamilyMonospace,
        fontSize: typography.bodySmall.fontSize,
        maxWidth: 'min(600px, 90vw)',
      },
      '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: spacing(0.5, 1) },
      '.cm-tooltip-autocomplete ul li[aria-selected]': {
        backgroundColor: colors.action.selected,
        color: colors.text.maxContrast,
      },
      '.cm-completionMatchedText': { textDecoration: 'none', color: colors.primary.text },
      '.cm-completionDetail': { color: colors.text.secondary, fontStyle: 'normal' },
      '.tok-keyword': { color: colors.primary.text },
      '.tok-typeName, .tok-number, .tok-atom': { color: colors.warning.text },
      '.tok-string': { color: colors.success.text },
      '.tok-operator, .tok-punctuation': { color: colors.text.secondary },
      '.tok-variableName': { color: colors.text.maxContrast, fontStyle: 'italic' },
      '.cm-diagnostic': { borderLeft: `3px solid ${colors.error.main}`, padding: spacing(0.5, 1) },
    },
    { dark: theme.isDark }
  );
}
