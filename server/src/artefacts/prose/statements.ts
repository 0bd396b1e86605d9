import type { Knowledge } from '../../knowledge/types.ts';
import { findLicenceMentions } from '../../licence/mentions.ts';
import type { Mention } from '../../licence/mentions.ts';
import { nameOf } from '../../licence/names.ts';
import { matchesIn } from '../../text/matches.ts';
import type { Span } from '../../text/span.ts';
import type { LicenceFact, Scope, Speaker } from '../types.ts';
import { purposesIn } from './purposes.ts';
import type { Unit } from './units.ts';

/** A sentence that says under which terms something of this repository is. */
export interface LicenceStatement {
  readonly span: Span;
  readonly stated: string;
  readonly licences: readonly string[];
  readonly scopes: readonly Scope[];
  readonly speaker: Speaker;
  /** The named work that it speaks of, when it is a part and not the whole. */
  readonly part: string | null;
  /** A part of the code as well: elsewhere a named part is a model, whose code is that of the whole. */
  readonly partOfCode: boolean;
}

const grants =
  /\b(?:licen[cs]ed|released|distributed|available|provided|published|shared|open-?sourced|subject to|free\s+(?:to\s+use\s+)?for|(?:may|can|must|do)\s+(?:only\s+|not\s+)(?:be\s+)?used?|adher\w+|governed|covered|restricted|intended|falls?\s+under|follows?|inherits?|uses?|is\s+under|are\s+under|(?:is|are)\s+(?:strictly\s+)?non-?commercial|under\s+(?:the|a|an)\b|for\b[^.]{0,20}\b(?:use|purposes?|research)\s+only|is\s+(?:\[|\*\*|`)?(?:CC|Creative)|are\s+(?:\[|\*\*|`)?(?:CC|Creative)|licen[cs]e\s*:|licen[cs]e\s+is)|仅(?:供|能?(?:应)?用于|可(?:应)?用于|限)|只(?:供|[能可]?(?:应)?用于|限于)|严禁|禁止|不得|请勿|切勿|采用|遵循|基于[^。]{0,40}(?:许可|协议)/i;
/** "The weights have a CC BY-NC 4.0 license", "it comes with a custom non-commercial license". */
const bearing = /\b(?:has|have|carry|carries|comes?\s+with)\s+(?:an?|the)\s+(?:\w+\s+){0,2}$/i;
const bears = (text: string, { span }: Mention): boolean =>
  bearing.test(text.slice(Math.max(0, span.start - 60), span.start)) &&
  /^.{0,24}\blicen[cs]e\b/i.test(text.slice(Math.max(span.start, span.end - 10), span.end + 20));
/** What holds code, weights and data alike: it means the code only where nothing else is named. */
const container = /\b(?:repo(?:sitory)?|project|package)\b|项目|仓库/i;

const subjects: readonly (readonly [Scope, RegExp])[] = [
  ['code', /\b(?:code(?:base)?|scripts?|library|software|toolkit|framework|implementation)\b|代码/i],
  ['weights', /\b(?:models?|weights?|checkpoints?|parameters|deltas?|weight differentials)\b|模型|权重/i],
  [
    'data',
    /\b(?:(?:test|train(?:ing)?|eval|demo|sample)?data(?:sets?)?|corpus|corpora|annotations?|(?<!\b(?:these|following|the|our|below) \[?)instructions|conversations)\b|数据/i,
  ],
];

/** What lies beside code, weights and data, and has terms of its own. */
const besides =
  /\b(?:documentation|docs|documents?|web\s?sites?|web\s?pages?|logos?|icons?|fonts?|artwork|figures|photo(?:s|graphs)?|papers?|articles?|slides)\b/i;

/** "... however portions of it are available under separate terms: ...": what follows holds for parts that are somebody else's. */
const ofPortions = /\b(?:portions?|parts|components|some\s+(?:files|code|modules))\b[^.]{0,80}\b(?:separate|other|different|their\s+own|additional)\b/i;

/** Sentences about what others do, may do or ask for. */
const conditional =
  /\b(?:if|whether|unless|would|could|any\s+(?:project|work|derivative|model|code|use)|anyone|everyone|who(?:ever)?|unlike|instead\s+of|e\.g\.|for\s+example|not\s+(?:be\s+)?(?:licen[cs]ed|released|available)(?!\s+for\s+(?:any\s+)?commercial)|no\s+licen[cs]e|contribut\w+|agree\s+that)\b/i;
/** The same before what is said. */
const conditionalInChinese = /如果|若|任何/;
const othersTerms =
  /\bunder\s+(?:its|their|the\s+original|the\s+respective|\w+['’]s)\b|\b(?:its|their)\s+(?:own\s+|original\s+|respective\s+)?licen[cs]es?\b|\b(?:originally|third[- ]party|respective|upstream)\b|各自|第三方|原始/i;
/** What readers have to keep is the terms of others, unless they are in a file that lies here. */
const asked =
  /\b(?:(?:should|must|needs?\s+to|have\s+to)(?!\s+(?:(?:only\s+|not\s+){1,2}be\b|be\s+(?:obvious|noted|clear)\b))|please(?!\s+(?:do\s+not|don['’]t|only|note|be\s+aware)\b)|comply|respect|abide|accordance|according\s+to)\b|请(?!勿)|遵守/i;
/** "In accordance with others, this model is ...": whatever led to it, it is said of what is here. */
const ofThisModel = /\b(?:this|our|these)\s+(?:\w+\s+)?(?:models?|weights|checkpoints?)\s+(?:is|are|can|may|must)\b/i;
const ownFile = /\]\((?:\.\/)?[\w.%-]{0,60}licen[cs]e[\w.%-]{0,60}\)/i;
const othersWorks = /\b(?:distributed|released|provided|published)\s+by\s+[A-Z]/;

/** "GLM is licensed under ...": a proper name that is not the title's is one of several things here. */
const namedSubject =
  /^[\s*+>-]*(?:\d+[.)]\s+)?(?:The\s+)?([A-Z][\w.+-]*(?:\s[A-Z][\w.+-]*)?)\s+(?:model\s+|dataset\s+)?(?:is|are|was|were)\s+(?:now\s+|also\s+|all\s+)?(?:licen[cs]ed|released|distributed|available|provided|published|under)\b/;
const even = (text: string): string => text.toLowerCase().replace(/[^a-z\d]/g, '');

/** "LAMA (https://...) licensed under ...": a source named with its address, and its terms. */
const sourceSubject = /([A-Z][\w.+-]*)\s*\(\s*https?:\/\/[^)\s]{1,300}\)\s+(?:is\s+|are\s+)?licen[cs]ed\b/;
/** A page elsewhere speaks of itself. */
const elsewhere = /\b(?:this|the|their)\s+web\s?site\b/i;

/** "See the licence file for Otter 3 here": the licence of what is named, which is none of ours unless the title names it. */
const ofNamed = /\b[Ll]icen[cs]es?\b(?:\s+(?:file|text|agreement|terms))?\s+(?:for|of)\s+(?:the\s+)?([A-Z][\w.+-]*(?:\s+[A-Z][\w.+-]*)?)/;

const isOfOther = (unit: Unit, before: string): boolean => {
  const name = ofNamed.exec(before)?.[1];
  return name !== undefined && !commonSubject.test(name) && !(unit.title !== '' && even(unit.title).includes(even(name)));
};

const isOfSource = (unit: Unit, since: string): boolean => {
  const name = sourceSubject.exec(since)?.[1];
  return elsewhere.test(since) || (name !== undefined && !(unit.title !== '' && even(unit.title).includes(even(name))));
};

/** Sentence heads that are no names. */
const commonSubject =
  /^(?:the|this|these|those|it|they|we|our|all|code|models?|data(?:sets?)?|weights?|checkpoints?|licen[cs]e|everything|most|both|each|source|training|pre-?trained|software|note|documentation|content)\b/i;

/** "* GLM is ...": an item of a list that begins with a name, in whatever language it goes on. */
const namedItem = /^\s*[-*+]\s+(?:\[|\*\*|`)?([A-Z][\w.+-]+)\s/;

const subjectPart = (unit: Unit, at: number): string | null => {
  const item = unit.kind === 'item' ? namedItem.exec(unit.text.slice(0, at))?.[1] : undefined;
  const name = item ?? namedSubject.exec(unit.text)?.[1];
  if (name === undefined || commonSubject.test(name) || (unit.title === '' && item === undefined)) return null;
  return even(unit.title).includes(even(name)) ? null : name.replaceAll(' ', '-');
};

const partPattern =
  /`([A-Za-z][\w.-]*[-\d][\w.-]*)`|\bweights\s+of\s+\**([A-Z][\w.-]*\d[\w.-]*)|\b([A-Z][\w-]*[a-z\d][\w-]*)['’]s\s+(?:delta\s+)?(?:weights|checkpoints)|\(\s*`?([A-Z][\w.-]*-[\w.-]+)`?\s*\)|\b([A-Z][\w.]*-[\w.-]*\d[\w.-]*)\s+(?:open-?\s?source\s+)?(?:models?|weights|checkpoints?)\b/;

/** "The code related to the Otter algorithm": a part of what is here. */
const narrowed = /\b(?:code|scripts?|files?|part|weights|data)\s+(?:that\s+(?:is|are)\s+)?(?:related|specific)\s+to\s+(?:the\s+)?([A-Z][\w.-]*)/;

const plain = (text: string): string => text.replace(/\]\([^)]*\)/g, (link) => ' '.repeat(link.length)).replace(/[*_[\]]/g, ' ');

const subjectsIn = (text: string): readonly Scope[] => {
  const found = subjects.filter(([, pattern]) => pattern.test(text)).map(([scope]) => scope);
  return found.length > 0 || !container.test(text) ? found : ['code'];
};

/** "**Notes on model licensing**: while all code ...": a title in bold. */
const leadIn = /^\s*\*\*[^*\n]{3,100}(?:\*\*\s*[:：]|[:：]\s*\*\*)/;

/** Without what a title in bold is about, where the sentence behind it says itself, before it names the first licence, of what it speaks. */
const withoutTitle = (text: string, first: number): string => {
  const title = leadIn.exec(text)?.[0] ?? '';
  if (title === '' || subjectsIn(text.slice(title.length, Math.max(title.length, first))).length === 0) return text;
  const bare = subjects.reduce((rest, [, pattern]) => rest.replace(new RegExp(pattern, 'gi'), (word) => ' '.repeat(word.length)), title);
  return `${bare}${text.slice(title.length)}`;
};

const finite =
  /\b(?:is|are|was|were|has|have|had|can|may|must|will|uses?|used|trained|released|licen[cs]ed|made|based|built|follows?|provides?|contains?)\b|[可为是用供]|采用|遵循|允许|授权/i;

/** Subjects named before the licence; the nearest clause counts, so that "trained on data ... the models are" speaks of models. */
const scopesOf = (before: string): readonly Scope[] => {
  const clauses = before.split(/;|,\s+(?:and|but|while|whereas)\s+|\bbecause\b|\bsince\b|[，；。]/i);
  // "code, data, and weights are": without a verb before it, "and" joins what one verb speaks of.
  const last = clauses.at(-1) ?? before;
  const found = clauses.length < 2 || /^\s*[而但]/.test(last) || finite.test(clauses.slice(0, -1).join(' ')) ? subjectsIn(last) : [];
  return found.length > 0 ? found : subjectsIn(before);
};

/** Units end where a sentence in Latin letters does: the one in Chinese around a place. */
const sentenceAround = (text: string, at: number): { readonly start: number; readonly end: number } => {
  const end = text.indexOf('。', at);
  return { start: text.lastIndexOf('。', at) + 1, end: end < 0 ? text.length : end };
};

/** "Otter-7B and Otter-0.5B are ...": names with a count of parameters are those of models. */
const sizedName = /(?<![\w/])[A-Za-z][\w.]*(?:-[A-Za-z][\w.]*)*-(?:\d{1,3}x)?\d+(?:\.\d+)?[BM]\b/g;
const ofModel = /\b(?:models?|[LV]+Ms?|GPT|weights|checkpoints?)\b|模型/i;

/** The name in front of the page, where its title says that it is one of a model: "Otter is for research only". */
const isTitleOfModel = (unit: Unit, before: string): boolean => {
  const head = (unit.title.split(/[:|(,—–：]|\s-\s/)[0] ?? '').replace(/[^\p{L}\p{N}.+-]+/gu, ' ').trim();
  if (head.length < 4 || head.includes(' ') || !/[A-Z]/.test(head) || !ofModel.test(unit.title)) return false;
  const at = before.indexOf(head);
  return at >= 0 && !/[\w-]$/.test(before.slice(0, at)) && !/^[\w-]/.test(before.slice(at + head.length));
};

const licenceSection = (unit: Unit): boolean => /licen[cs]|usage|terms/i.test(unit.headings.at(-1) ?? '');

/** `dataset` and the like in a heading tells what a bare sentence below it speaks of. */
const scopeOfHeading = (unit: Unit): readonly Scope[] => subjectsIn(unit.headings.at(-1) ?? '');

/** A statement as a fact about one work. */
export const licenceFact = (
  { stated, licences, speaker }: Pick<LicenceStatement, 'stated' | 'licences' | 'speaker'>,
  about: Pick<LicenceFact, 'id' | 'work' | 'scope'>,
): LicenceFact => ({ kind: 'licence', ...about, speaker, evidence: 'declared', stated, licences, choice: false, via: 'prose', problem: null });

/** `stated` of a statement that names its licence by a link to a file of the tree: what it is, the lineage finds in that file. */
export const fileMark = 'file:';

/** "subject to the [Model License](MODEL_LICENSE)": links whose text names no licence. */
const linkedFiles = (text: string, mentions: readonly Mention[]): readonly Mention[] =>
  [...text.matchAll(/\[([^\]\n]{1,80})\]\((?:\.\/)?((?:[\w.-]{1,60}\/){0,4}[\w.-]{0,60}licen[cs]e[\w.-]{0,60})\)/gi)].flatMap((match): Mention[] => {
    const span = { start: match.index + 1, end: match.index + 1 + (match[1]?.length ?? 0) };
    const named = mentions.some((mention) => mention.span.start < match.index + match[0].length && mention.span.end > match.index);
    return named ? [] : [{ span, text: `${fileMark}${match[2] ?? ''}`, licences: [], category: null }];
  });

/** The text of a link to a file. */
const linkText = (text: string, { span }: Mention): string => text.slice(span.start, span.end);

const pointing = /(?:[([]|\b(?:see|refer\s+to|details?\s+in|as\s+in)\b)[^.;]{0,40}$/i;

/** Of the same, or of something and of whatever there is. */
const isAlike = (a: readonly Scope[], b: readonly Scope[]): boolean => a.join() === b.join() || a.includes('any') || b.includes('any');

/** `earlier`: what the sentence before it says, in the same section. */
export const licenceStatements = (unit: Unit, knowledge: Knowledge, earlier: readonly LicenceStatement[] = []): readonly LicenceStatement[] => {
  if (unit.kind === 'row' || unit.kind === 'heading' || unit.text.length > 2000) return [];
  const found = findLicenceMentions(unit.text, knowledge);
  const given = purposesIn(unit.text).filter(({ mention }) => found.every(({ span }) => span.end <= mention.span.start || span.start >= mention.span.end));
  const mentions = [...found, ...linkedFiles(unit.text, found), ...given.map(({ mention }) => mention)].toSorted((a, b) => a.span.start - b.span.start);
  const [mentioned] = mentions;
  if (!mentioned) return [];
  const text = plain(withoutTitle(unit.text, mentioned.span.start));
  if ((!grants.test(text) && !licenceSection(unit) && given.length === 0 && !mentions.some((mention) => bears(text, mention))) || conditional.test(text))
    return [];
  const keepsOwn = ownFile.test(unit.text);
  const out: LicenceStatement[] = [];
  const told = new Set<string>();
  let last = 0;
  for (const mention of mentions) {
    const purpose = given.find((each) => each.mention === mention);
    const before = text.slice(0, purpose?.subjectEnd ?? mention.span.start);
    // With several licences in a sentence, each goes with the subjects named since the last one.
    const since = before.slice(last);
    last = mention.span.end;
    const around = sentenceAround(text, mention.span.start);
    const sentence = text.slice(around.start, around.end);
    if (conditionalInChinese.test(text.slice(around.start, mention.span.start))) continue;
    const category = mention.licences.length > 0 ? null : mention.category;
    const file = mention.text.startsWith(fileMark);
    if (mention.licences.length === 0 && category === null && !file) continue;
    // A licence named before the sentence's verb is its subject, as in "MIT-licensed projects are welcome".
    const bare = before.trim().replace(/^[-*+\d.)\s]+/, '');
    if (!purpose && !bears(text, mention) && !grants.test(`${before} ${mention.text}`) && !licenceSection(unit) && bare !== '') continue;
    // "Commercial use of the weights is prohibited": the phrase itself says of what.
    const nearest = category !== null && bare === '' ? subjectsIn(mention.text) : scopesOf(since);
    if (ofPortions.test(before)) continue;
    if (besides.test(before) && !subjects.some(([, pattern]) => pattern.test(before))) continue;
    const named = nearest.length > 0 ? nearest : scopesOf(before);
    const sized = named.length === 0 ? [...matchesIn(before, sizedName)].length : 0;
    // "LLaMA-7B has a non-commercial license" tells of others, but in a list of what is handed out here.
    const isHere =
      !bears(text, mention) ||
      unit.kind === 'item' ||
      [...matchesIn(before, sizedName)].some(([name]) => even(unit.title).startsWith(even(name.split('-')[0] ?? '')));
    // "This project is under the [Otter Model License](LICENSE)": what the name of the licence speaks of is under it, too.
    const linked: readonly Scope[] =
      file && named.join() === 'code' && subjectsIn(linkText(unit.text, mention)).includes('weights') ? ['code', 'weights'] : named;
    const isModel = named.length === 0 && ((sized > 0 && isHere) || (category !== null && isTitleOfModel(unit, before)));
    const own: readonly Scope[] = isModel ? ['weights'] : linked;
    const scopes: readonly Scope[] =
      own.length > 0 ? own : scopeOfHeading(unit).length > 0 ? scopeOfHeading(unit) : licenceSection(unit) || /\bthis\b|\bour\b/i.test(before) ? ['any'] : [];
    if (scopes.length === 0) continue;
    // "Apache 2.0 (see [LICENSE](LICENSE))": the file has the text of what is named, or says something else than this.
    if (file && pointing.test(since) && [...earlier, ...out].some((named) => named.licences.length > 0 && isAlike(named.scopes, scopes))) continue;
    const stated = category === null || file ? mention.text : `category:${category}`;
    const key = `${scopes.join()} ${mention.licences.join()} ${category ?? ''} ${file ? stated : ''}`;
    if (told.has(key)) continue;
    told.add(key);
    const narrow = narrowed.exec(before)?.[1];
    const part = partPattern.exec(nearest.length > 0 ? since : before);
    out.push({
      span: { start: unit.start + mention.span.start, end: unit.start + mention.span.end },
      stated,
      licences: mention.licences,
      scopes,
      speaker:
        othersTerms.test(sentence) ||
        (asked.test(sentence) && !keepsOwn && !(category !== null && ofThisModel.test(sentence))) ||
        othersWorks.test(text) ||
        isOfOther(unit, before) ||
        isOfSource(unit, since)
          ? 'other'
          : 'licensor',
      part: part
        ? (part[1] ?? part[2] ?? part[3] ?? part[4] ?? part[5] ?? null)
        : (narrow ?? (named.length === 0 && sized < 2 ? subjectPart(unit, mention.span.start) : null)),
      partOfCode: narrow !== undefined,
    });
  }
  // A named licence says more than the restriction that goes with it; what else is restricted beside it is another thing.
  const named = out.filter((statement) => statement.licences.length > 0);
  if (named.length === 0) return out.slice(0, 1);
  const isOfElse = ({ scopes }: LicenceStatement): boolean =>
    !scopes.includes('any') && named.every((other) => !other.scopes.includes('any') && !other.scopes.some((scope) => scopes.includes(scope)));
  return out.filter((statement) => statement.licences.length > 0 || statement.stated.startsWith(fileMark) || isOfElse(statement));
};

const ofLicence = /^\W*(?:(?:project|software)\s+)?licen[cs](?:e|es|ing)\W*$|^\W*(?:许可证?|开源协议|协议)\W*$/i;
const longestName = 80;

const tag = /<\/?[a-z][^<>]{0,200}>/gi;
/** "Licensed under the": what is left is the name. */
const before = /^(?:released|licen[cs]ed|available|distributed)\s+under\s+(?:the\s+)?/i;

/** Lines of the foot of a page, with blanks where tags were. A block of HTML has several. */
const footLines = (unit: Unit): readonly { readonly at: number; readonly text: string }[] => {
  let at = 0;
  return unit.text.split('\n').map((line) => {
    const found = { at, text: line.replace(tag, (each) => ' '.repeat(each.length)) };
    at += line.length + 1;
    return found;
  });
};

/**
 * A name that is all that stands there: "MIT" below a heading for the licence, or "MIT License" and "Licensed under MIT" at the foot of a page, where
 * `isFoot`. In the midst of a text such a line may be a heading, or an item of some list.
 */
export const bareStatement = (unit: Unit, isFoot: boolean, knowledge: Knowledge): LicenceStatement | undefined => {
  if (unit.kind !== 'sentence') return undefined;
  const isHeaded = !unit.aside && ofLicence.test(unit.headings.at(-1) ?? '');
  const lines = isFoot ? footLines(unit) : [{ at: 0, text: unit.text }];
  for (const { at, text } of lines) {
    if (text.trim().length > longestName) continue;
    const shown = plain(text).replace(/[.,;:!|·•]+\s*$/, '');
    const whole = shown.trim();
    // A key of front matter that lacks its ruler.
    if (/^licen[cs]e:/.test(whole) || !(isHeaded || (isFoot && /licen[cs]e/i.test(whole)))) continue;
    const name = isFoot ? whole.replace(before, '') : whole;
    const licences = nameOf(name, knowledge)?.licences ?? [];
    if (licences.length === 0) continue;
    const start = unit.start + at + shown.lastIndexOf(name);
    return { span: { start, end: start + name.length }, stated: name, licences, scopes: ['any'], speaker: 'licensor', part: null, partOfCode: false };
  }
  return undefined;
};
