/** What the pages show of their own. What they show of a repository comes in ready words from the extension. */
export const messages = {
  'list.more': 'Show {count} more of {all}',
  'noFolder.report': 'No folder is open. Open one and audit again.',
  'noFolder.lineage': 'No folder is open. Open one and show its lineage again.',
  'terms.unknown': 'unknown',

  // The report: its frame

  'report.actions': 'Report',
  'report.export': 'Export…',
  'report.lineage': 'Show Lineage',
  'report.audit': 'Audit Again',
  'report.stale': 'Files say something else since this report was made.',
  'report.noAdvice': 'This informs; it is not legal advice.',
  'section.summary': 'Summary',
  'section.publishing': 'Publishing',
  'section.obligations': 'Obligations',
  'section.findings': 'Findings',
  'section.works': 'Works',
  'section.disclosures': 'Disclosures',

  // Its summary

  'summary.incomplete': 'Incomplete: what was not read may change these answers.',
  'summary.steps': 'Before it is handed on',
  'summary.notRead': 'Not read ({count})',
  'summary.heldBack': 'Held back ({count})',
  'summary.narrowed': 'Left out or lowered ({count})',

  // Its publishing, obligations and disclosures

  'publishing.lead': 'What each work of this repository may be published as, so far as is known.',
  'publishing.none': 'Nothing here is seen to be handed to others: no card, no weights, no name under which it is published.',
  'publishing.noLicence': 'no licence that is known to permit it',
  'obligations.lead': 'What is owed where it is handed on: {met} of {all} seen here, {open} missing, {unseen} that no repository can show.',
  'obligations.none': 'No duties of others’ terms reach what is here, so far as is known.',
  'obligations.owedBy': '{basis} · owed by {works}',
  'obligation.open': 'Not seen here',
  'obligation.unseen': 'Cannot be seen',
  'obligation.met': 'Met',
  'disclosures.policy': 'The policy names these disclosures: {ids}.',
  'disclosures.lead':
    'What the works here were made from, as it has to be named where origins or training data are disclosed. The export has it as a table, and `pedigree disclose` drafts a document of it.',
  'disclosures.none': 'Nothing that was read says what the works here were made from.',
  'disclosures.noTerms': 'terms unknown',

  // Its findings

  'severity.error': 'Error',
  'severity.warning': 'Warning',
  'severity.information': 'Information',
  'findings.see': 'See {places}',
  'findings.fix': 'Quick fix: {title}',
  'findings.none': 'No findings. Works of unknown terms, if there are any, are listed below: of these nothing can be said.',
  'findings.noneFits': 'No finding fits what is chosen above.',
  'findings.filters': 'Which findings are shown',
  'findings.filter': 'Filter by file, rule or word',
  'findings.filterSpoken': 'Filter findings by file, rule or word',

  // Its works

  'works.lead': 'Of others: {known} of known terms, {unknown} of unknown terms, which come first.',
  'works.none': 'No works were found.',
  'works.table': 'Works of {folder}',
  'works.reachedBy': 'reached by {licences}',
  'column.work': 'Work',
  'column.kind': 'Kind',
  'column.licence': 'Licence',
  'column.evidence': 'Evidence',
  'column.asOf': 'As of',
  'column.source': 'Source',
  'column.where': 'Where',

  // The lineage: its frame

  'lineage.title': 'Lineage',
  'lineage.none': 'Nothing here names a model, a data set or a service.',
  'lineage.use': 'Weighed for: {use}',
  'lineage.how': 'How the lineage is shown',
  'lineage.folder': 'Folder',
  'lineage.picture': 'Picture',
  'lineage.list': 'List',
  'lineage.originsOnly': 'Origins Only',
  'lineage.around': 'Around {work} ✕',
  'lineage.smaller': 'Smaller',
  'lineage.larger': 'Larger',
  'lineage.fit': 'Fit',
  'lineage.fitPage': 'Fit into the page',
  'lineage.some': '{shown} of {all} works are drawn, those nearest to what is handed on. The list has all; each can be shown with what is around it.',
  'lineage.spoken': 'Lineage: {count} works. Arrow keys move between them.',

  // Its answers

  'signs.title': 'What the signs mean',
  'sign.yes': 'permitted as it is used here',
  'sign.conditions': 'permitted on conditions',
  'sign.no': 'not permitted as it is used here',
  'sign.open': 'nothing known says',
  'sign.terms': 'a service: its terms bind who calls it',

  // A work, beside its box and in the list

  'work.more': 'and {count} more',
  'work.because': 'Because',
  'work.owed': 'Owed where it is handed on',
  'work.findings': 'Findings: {findings}',
  'work.says': 'Says who: {sources}',
  'work.go': 'Click or Enter: {place}',
  'work.goSpoken': 'press Enter to open {place}',
  'work.terms': 'Terms',
  'work.perTables': 'per the tables',
  'work.fromIt': 'from it: {work} ({relation} it)',
  'work.show': 'Show in the picture',
} as const;
