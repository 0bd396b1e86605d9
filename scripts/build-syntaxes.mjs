// Writes syntaxes/: the grammars in which ids are listed come from the lists that the rest of the project reads. `--check` fails when they moved on.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const json = (path) => JSON.parse(readFileSync(path, 'utf8'));
const { deprecated: replaced } = json('server/src/knowledge/data/recognition.json');
const spdx = json('node_modules/spdx-license-list/spdx-simple.json');
const exceptions = json('node_modules/spdx-exceptions/index.json');
const tags = json('server/src/knowledge/data/hub-licences.json');

/** One pattern for many words, longer ones first, since some begin with others. Neither side may go on as an id would. */
const oneOf = (words) =>
  `(?i:(?<![\\w.-])(?:${[...new Set(words)]
    .toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .map((word) => word.replace(/[.+]/g, '\\$&'))
    .join('|')})(?![\\w-]|\\.\\w))`;

const deprecated = Object.keys(replaced);
const current = spdx.filter((id) => !deprecated.includes(id));
const comment = 'Written by scripts/build-syntaxes.mjs.';

const expression = {
  comment,
  name: 'SPDX licence expression',
  scopeName: 'source.spdx.expression',
  patterns: [
    { match: oneOf(deprecated), name: 'invalid.deprecated.licence.spdx' },
    { match: oneOf(current), name: 'support.constant.licence.spdx' },
    { match: oneOf(exceptions), name: 'support.constant.exception.spdx' },
    {
      match: '(?:(DocumentRef-[A-Za-z0-9.-]+)(:))?((?:LicenseRef|AdditionRef)-[A-Za-z0-9.-]+)',
      captures: {
        1: { name: 'entity.name.namespace.document.spdx' },
        2: { name: 'punctuation.separator.namespace.spdx' },
        3: { name: 'entity.name.type.licence-reference.spdx' },
      },
    },
    { match: '(?i:(?<![\\w.-])(?:AND|OR)(?![\\w.-]))', name: 'keyword.operator.logical.spdx' },
    { match: '(?i:(?<![\\w.-])WITH(?![\\w.-]))', name: 'keyword.operator.with.spdx' },
    { match: '(?<=[\\w.])\\+', name: 'keyword.operator.or-later.spdx' },
    { match: '(?<![\\w.-])(?:NONE|NOASSERTION)(?![\\w.-])', name: 'constant.language.spdx' },
    { match: '\\(', name: 'punctuation.section.parens.begin.spdx' },
    { match: '\\)', name: 'punctuation.section.parens.end.spdx' },
  ],
};
/** What a capture is read as has the names of the capture alone, not of those around it. */
const asExpression = { patterns: [{ include: 'source.spdx.expression' }] };

const comments = {
  comment,
  scopeName: 'pedigree.spdx.comments',
  injectionSelector: 'L:comment',
  patterns: [
    {
      // Up to the end of the line, or of the comment where that comes first.
      begin: '(?<![\\w-])(SPDX-License-Identifier)(:)',
      end: '(?=\\s*(?:\\*/|-->|--}}|\\*\\)|$))',
      beginCaptures: { 1: { name: 'keyword.other.tag.spdx' }, 2: { name: 'punctuation.separator.key-value.spdx' } },
      contentName: 'meta.expression.spdx',
      patterns: asExpression.patterns,
    },
    { match: '(?<![\\w-])SPDX-(?:FileCopyrightText|FileContributor|SnippetCopyrightText|SnippetBegin|SnippetEnd)(?![\\w-])', name: 'keyword.other.tag.spdx' },
  ],
};

/** A key and its value on one line, as each kind of file writes it. */
const keys = 'license|licence|license-expression|SPDX-License-Identifier|licenseDeclared|licenseConcluded|licenseId';
const manifests = {
  comment,
  scopeName: 'pedigree.spdx.manifests',
  injectionSelector:
    'L:meta.structure.dictionary.value.json -string -comment, L:source.toml -comment -string, L:source.yaml -comment -string, L:source.ini -comment',
  patterns: [
    {
      // What stands between a key and its value is the host's: it would call the comma behind both an error.
      match: `(?<=${keys
        .split('|')
        .flatMap((key) => ['":', '": ', '" : '].map((mark) => `"${key}${mark}`))
        .join('|')})((")([^"\\\\]*)("))`,
      captures: {
        1: { name: 'string.quoted.double.json' },
        2: { name: 'punctuation.definition.string.begin.json' },
        3: { name: 'string.quoted.double.json meta.expression.spdx', ...asExpression },
        4: { name: 'punctuation.definition.string.end.json' },
      },
    },
    {
      match: `^\\s*(${keys})\\s*(=)\\s*((["'])([^"'\\\\]*)(\\4))`,
      captures: {
        1: { name: 'support.type.property-name.toml' },
        2: { name: 'punctuation.separator.key-value.toml' },
        3: { name: 'string.quoted.toml' },
        4: { name: 'punctuation.definition.string.begin.toml' },
        5: { name: 'string.quoted.toml meta.expression.spdx', ...asExpression },
        6: { name: 'punctuation.definition.string.end.toml' },
      },
    },
    {
      match: `^\\s*(?:-\\s+)?(${keys})\\s*(:)\\s+((["'])([^"'\\\\]*)(\\4)|[^\\s"'#\\[{&*!|>][^\\s#"]*(?:[ \\t]+[^\\s#"]+)*)(?=\\s*$|\\s+#)`,
      captures: {
        1: { name: 'entity.name.tag.yaml' },
        2: { name: 'punctuation.separator.key-value.mapping.yaml' },
        3: { name: 'string.yaml meta.expression.spdx', ...asExpression },
      },
    },
    {
      match: `^(${keys})\\s*(=)\\s*([^"'\\s]\\S*(?:[ \\t]+\\S+)*)\\s*$`,
      captures: {
        1: { name: 'keyword.other.definition.ini' },
        2: { name: 'punctuation.separator.key-value.ini' },
        3: { name: 'meta.expression.spdx', ...asExpression },
      },
    },
  ],
};

const hubTags = [
  { match: oneOf(tags.filter((row) => row.notALicence).map((row) => row.tag)), name: 'constant.language.licence.hub' },
  { match: oneOf(tags.filter((row) => !row.notALicence).map((row) => row.tag)), name: 'support.constant.licence.hub' },
];
const yamlWord = { match: '[^\\s#\\[\\],]+', name: 'string.unquoted.plain.out.yaml' };
const yamlComment = { match: '#.*$', name: 'comment.line.number-sign.yaml' };
const cardKey = { 1: { name: 'entity.name.tag.yaml' }, 2: { name: 'punctuation.separator.key-value.mapping.yaml' } };
/** Cards of the hub say their licence in its own words, one or a list of them. */
const cards = {
  comment,
  scopeName: 'pedigree.spdx.cards',
  injectionSelector: 'L:meta.embedded.block.frontmatter -comment -string',
  patterns: [
    {
      begin: '^(license)\\s*(:)(?=\\s*(?:#.*)?$)',
      end: '^(?!\\s*(?:-\\s|#|$))',
      beginCaptures: cardKey,
      patterns: [yamlComment, { match: '^\\s*(-)(?=\\s)', captures: { 1: { name: 'punctuation.definition.block.sequence.item.yaml' } } }, ...hubTags, yamlWord],
    },
    {
      match: '^(license)\\s*(:)\\s+(.*)$',
      captures: { ...cardKey, 3: { patterns: [yamlComment, { match: '[\\[\\],]', name: 'punctuation.definition.sequence.yaml' }, ...hubTags, yamlWord] } },
    },
    {
      match: '^(license_name)\\s*(:)\\s+(["\']?)([^"\'#]*?)(\\3)\\s*(?=$|#)',
      captures: { ...cardKey, 4: { name: 'string.unquoted.plain.out.yaml entity.name.type.licence-reference.hub' } },
    },
  ],
};

const instruction = (names) => `^\\s*(?i:(${names}))(?=\\s|$)`;
const named = { 1: { name: 'keyword.control.instruction.modelfile' } };
const goWords = 'if|else|end|range|with|define|template|block|break|continue|and|or|not|eq|ne|lt|le|gt|ge|len|index|slice|json|print|printf';
const template = {
  begin: '\\{\\{-?',
  end: '-?\\}\\}',
  name: 'meta.template.expression.modelfile',
  beginCaptures: { 0: { name: 'punctuation.section.embedded.begin.modelfile' } },
  endCaptures: { 0: { name: 'punctuation.section.embedded.end.modelfile' } },
  patterns: [
    { begin: '/\\*', end: '\\*/', name: 'comment.block.modelfile' },
    { match: '"(?:[^"\\\\]|\\\\.)*"|`[^`]*`', name: 'string.quoted.double.modelfile' },
    { match: `(?<![\\w.$])(?:${goWords})(?![\\w.])`, name: 'keyword.control.template.modelfile' },
    { match: '\\$\\w*', name: 'variable.other.modelfile' },
    { match: '\\.\\w+', name: 'variable.other.property.modelfile' },
    { match: '\\||:=|=', name: 'keyword.operator.modelfile' },
    { match: '(?<!\\w)\\d+(?!\\w)', name: 'constant.numeric.modelfile' },
  ],
};
/** A value in three quotes over several lines, in one on its line, or bare up to the end of it. */
const texts = (inner) => [
  {
    begin: '"""',
    end: '"""',
    name: 'string.quoted.triple.modelfile',
    beginCaptures: { 0: { name: 'punctuation.definition.string.begin.modelfile' } },
    endCaptures: { 0: { name: 'punctuation.definition.string.end.modelfile' } },
    patterns: inner,
  },
  { begin: '"', end: '"|$', name: 'string.quoted.double.modelfile', patterns: inner },
];
/** One instruction: it is over with the line on which it stands, or on which the quotes close that began there. */
const withText = (names, inner) => ({
  begin: instruction(names),
  end: '$',
  beginCaptures: named,
  patterns: [...texts(inner), ...inner],
});
const modelfile = {
  comment,
  name: 'Modelfile',
  scopeName: 'source.modelfile',
  patterns: [
    { begin: '^\\s*(#)', end: '$', name: 'comment.line.number-sign.modelfile', beginCaptures: { 1: { name: 'punctuation.definition.comment.modelfile' } } },
    {
      match: `${instruction('FROM|ADAPTER|DRAFT')}\\s+(?:((?:\\.{0,2}/|~/|[A-Za-z]:\\\\)\\S*|\\S+\\.(?:gguf|safetensors|bin))|(sha256[:-][0-9a-f]+)|((?:[\\w.-]+/)*[\\w.-]+)(?:(:)([\\w.-]+))?)`,
      captures: {
        ...named,
        2: { name: 'string.unquoted.path.modelfile' },
        3: { name: 'constant.other.digest.modelfile' },
        4: { name: 'entity.name.type.model.modelfile' },
        5: { name: 'punctuation.separator.tag.modelfile' },
        6: { name: 'constant.other.tag.modelfile' },
      },
    },
    {
      match: `${instruction('PARAMETER')}\\s+([\\w.-]+)(?:\\s+(?:(-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)|(true|false)|("(?:[^"\\\\]|\\\\.)*")|(\\S+(?:[ \\t]+\\S+)*)))?\\s*$`,
      captures: {
        ...named,
        2: { name: 'variable.parameter.modelfile' },
        3: { name: 'constant.numeric.modelfile' },
        4: { name: 'constant.language.boolean.modelfile' },
        5: { name: 'string.quoted.double.modelfile' },
        6: { name: 'string.unquoted.modelfile' },
      },
    },
    withText('TEMPLATE', [template]),
    withText('SYSTEM', []),
    {
      ...withText('MESSAGE', []),
      begin: `${instruction('MESSAGE')}\\s+(?:(system|user|assistant|tool)(?=\\s|$))?`,
      beginCaptures: { ...named, 2: { name: 'constant.language.role.modelfile' } },
    },
    // Whole texts stand in three quotes: what joins ids joins words there.
    { ...withText('LICENSE', []), patterns: [...texts([]), { include: 'source.spdx.expression' }] },
    {
      match: `${instruction('REQUIRES|RENDERER|PARSER|CAPABILITY')}(?:\\s+(\\S+(?:[ \\t]+\\S+)*))?\\s*$`,
      captures: { ...named, 2: { name: 'string.unquoted.modelfile' } },
    },
  ],
};

const files = {
  'spdx-expression': expression,
  'spdx-comments': comments,
  'spdx-manifests': manifests,
  'spdx-cards': cards,
  modelfile,
};
mkdirSync('syntaxes', { recursive: true });
for (const [name, grammar] of Object.entries(files)) {
  const path = `syntaxes/${name}.tmLanguage.json`;
  const text = `${JSON.stringify(grammar, null, 1)}\n`;
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    console.error(`${path} was written from older lists: npm run build:syntaxes`);
    process.exitCode = 1;
  }
}
