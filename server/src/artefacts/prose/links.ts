import type { Knowledge } from '../../knowledge/types.ts';
import { findLicenceMentions } from '../../licence/mentions.ts';
import { licenceOfLink } from '../../licence/names.ts';
import { limits } from '../../text/limits.ts';
import type { Span } from '../../text/span.ts';
import { spanOf } from '../../text/span.ts';
import { fences } from '../card/front-matter.ts';
import { moreThan } from '../draft.ts';
import { factIds, roleOfPath } from '../hub-id.ts';
import { namesLicence, repositoryOf, targetOf } from '../references.ts';
import type { Anchor, Fact, Reader, Reading, ReferenceFact, Scope } from '../types.ts';
import { homesIn, namedLike, titleOf } from './homes.ts';
import { linksIn, withoutCode } from './link-scan.ts';
import type { Link } from './link-scan.ts';
import { unitsOf } from './units.ts';
import type { Unit } from './units.ts';

/** The word in the languages that READMEs of this field are written in. */
const licenceWord = /licen[cs]|许可|協議|协议|ライセンス|라이선스|lizenz|licença|лицензи/i;

/** Services that draw what they find at a repository as a badge. */
const shield = /^https?:\/\/(?:img\.shields\.io|badgen\.net)\/(github|gitlab)\/license\/([\w.-]{1,100})\/([\w.-]{1,100}?)(?:\.(?:svg|png|json))?(?:[?#].*)?$/i;

const scopeOf = (label: string): Scope => {
  if (/data/i.test(label)) return 'data';
  if (/model|weight|checkpoint|diff/i.test(label)) return 'weights';
  return /code|software/i.test(label) ? 'code' : 'any';
};

/** "This project is released under [...]": the link is about what is here, and nothing in the sentence is about where it came from. */
const ofOurs = /\b(?:this|our)\s+(?:[\w-]+\s+){0,2}(?:repo(?:sitory)?|project|code(?:base)?|package|software|library|tool(?:kit)?|work|implementation)\b/i;
const ofOthers =
  /\b(?:based|built|adapted|modified|derived|borrow\w*|fork\w*|follow\w*|original\w*|inherit\w*|same|their|its|from|part(?:s|ly|ially)?|portions?|some|except|base|upstream|respective|third[- ]party)\b/i;
/** Sections and sentences in which a repository is named because it is somebody else's. */
const credits = /acknowledg|thank|credit|related|inspir|\b(?:based|built|builds|relies|adapted|modified|borrowed|derived|forked)\b|open-?sourced? (?:by|from)/i;

const unitAt = (units: readonly Unit[], at: number): Unit | undefined => units.findLast((unit) => unit.start <= at && at < unit.start + unit.text.length);

interface Readme {
  readonly text: string;
  readonly units: readonly Unit[];
}

/** Whether the text elsewhere names the repository as what it owes something to. */
const isCredited = ({ text, units }: Readme, repository: string, own: Span): boolean => {
  const lower = text.toLowerCase();
  let looks = 0;
  for (let at = lower.indexOf(repository); at >= 0 && looks < 50; at = lower.indexOf(repository, at + 1)) {
    looks += 1;
    if (at >= own.start && at < own.end) continue;
    const unit = unitAt(units, at);
    if (unit && (credits.test(unit.text) || unit.headings.some((heading) => credits.test(heading)))) return true;
  }
  return false;
};

const shieldOf = (link: Link): string | undefined => {
  const found = link.isImage ? shield.exec(link.target) : null;
  return found ? `${found[1]?.toLowerCase() === 'gitlab' ? 'gitlab.com' : 'github.com'}/${found[2] ?? ''}/${found[3] ?? ''}`.toLowerCase() : undefined;
};

const isOurs = (readme: Readme, link: Link, isBadge: boolean): boolean => {
  if (isBadge) return true;
  const unit = unitAt(readme.units, link.span.start);
  return unit !== undefined && !unit.aside && unit.kind !== 'row' && unit.text.length < 600 && ofOurs.test(unit.text) && !ofOthers.test(unit.text);
};

const bare = (licence: string): string => licence.replace(/-(?:only|or-later)$/, '');

/** "[MIT License](https://creativecommons.org/...)": what the text names, where the address is another licence's. */
const namedOtherwise = (link: Link, licence: string | undefined, knowledge: Knowledge): readonly string[] => {
  // Of several that are named, one may be a short word that is not known for a licence there.
  if (licence === undefined || link.label.length > 200 || /\b(?:and|or)\b|[&/|]/i.test(link.label.replace(/https?:[^\s)]*/g, ''))) return [];
  const named = [...new Set(findLicenceMentions(link.label, knowledge).flatMap((mention) => mention.licences))];
  return named.some((each) => bare(each) === bare(licence)) ? [] : named;
};

const termsWord = /\bterms\s+(?:of\s+(?:use|service)|(?:and|&)\s+conditions)\b/i;

/** "By using our weights you agree to our [Terms of Use](...)": terms of what is here, whatever their page is called. */
const isAgreed = (readme: Readme, link: Link): boolean => {
  const unit = termsWord.test(link.label) && /^https?:/i.test(link.target) ? unitAt(readme.units, link.span.start) : undefined;
  return (
    unit !== undefined &&
    unit.kind !== 'row' &&
    unit.text.length < 800 &&
    /\bby\s+(?:using|accessing|downloading|loading)\s+(?:any\s+of\s+)?(?:our|these|the\s+released)\b/i.test(unit.text) &&
    /\b(?:weights?|models?|codes?|data(?:\s?sets?)?|checkpoints?|repo(?:sitory)?)\b/i.test(unit.text)
  );
};

/** What a section on the licence links to is where the terms are said to be, whatever the address is. */
const isInSection = (readme: Readme, link: Link): boolean => {
  const unit = unitAt(readme.units, link.span.start);
  if (unit === undefined || unit.kind === 'row') return false;
  return licenceWord.test(unit.headings.at(-1) ?? '') || (licenceWord.test(link.label) && /\b(?:released|licen[cs]ed|distributed|governed)\b/i.test(unit.text));
};

/** "Check the licence of each model inside its repository", in a section on the licence: terms elsewhere, to which no link leads. */
const sendsElsewhere =
  /\b(?:check|see|refer|consult|read|find)\b[^.]{0,60}\blicen[cs]es?\b[^.]{0,60}\b(?:hub|hugging\s?face|hf|repos?|repository|repositories|model\s+cards?|pages?)\b/i;

/** Whoever contributes is told under which terms: nothing else there is about the licence of the whole. */
const contributing = /^contributing\.(?:md|markdown)$/;

/** Links and badges of READMEs and cards that speak of a licence, and where the README says that its repository lives. */
export const linksReader: Reader = {
  id: 'links',
  version: 4,
  matches: (_path, name) => contributing.test(name) || /^(?:readme|model[-_]?card|dataset[-_]?card|data[-_]?card)[\w.-]*\.(?:md|markdown|rst)$/.test(name),
  wants: 'text',
  maximum: limits.textBytes,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    const idOf = factIds('links');
    const isGuide = contributing.test(path.slice(path.lastIndexOf('/') + 1).toLowerCase());
    const role = isGuide ? 'mention' : roleOfPath(path);
    const start = fences(text)?.bodyStart ?? 0;
    const shown = withoutCode(text);
    const links = linksIn(shown, /\.rst$/i.test(path)).filter((link) => link.span.start >= start);
    const readme: Readme = { text: shown, units: unitsOf(shown, start) };
    const title = titleOf(shown.slice(start));
    let left = false;
    const add = (fact: Fact, span: Span): void => {
      if (facts.length >= limits.proseFacts) left = true;
      else {
        facts.push(fact);
        anchors[fact.id] = { span };
      }
    };
    const refer = (link: Link, fact: Pick<ReferenceFact, 'via' | 'to' | 'licences' | 'ours' | 'named'>): void => {
      const { repository } = fact.to;
      const credited = fact.ours && repository !== null && !namedLike(repository, title) && isCredited(readme, repository, link.span);
      add({ kind: 'reference', id: idOf(fact.via, link.target), ...fact, target: link.target, role, scope: scopeOf(link.label), credited }, link.targetSpan);
    };
    for (const link of links) {
      const shielded = shieldOf(link);
      if (shielded !== undefined && !isGuide) refer(link, { via: 'shield', to: { path: null, repository: shielded }, licences: [], ours: true });
      if (link.isImage || link.target.startsWith('#')) continue;
      const labelled = licenceWord.test(link.label);
      const licence = /^https?:/i.test(link.target) ? licenceOfLink(link.target, knowledge) : undefined;
      const agreed = isAgreed(readme, link);
      if (!labelled && !agreed && licence === undefined && !namesLicence(link.target)) continue;
      const to = targetOf(path, link.target);
      if (isGuide && (to.path === null || to.repository !== null)) continue;
      const address = repositoryOf(link.target);
      const placed = to.path === null && /^https?:/i.test(link.target) && (agreed || isInSection(readme, link));
      // An address says something where it is a licence's own, or leads to a file of terms in some repository.
      if (!placed && to.path === null && licence === undefined && (address?.path === null || address === undefined || !namesLicence(address.path))) continue;
      if (!placed && to.repository !== null && licence === undefined && !namesLicence(address?.path ?? '')) continue;
      const isBadge = labelled && /!\[|<img\s/i.test(link.label);
      const named = namedOtherwise(link, licence, knowledge);
      refer(link, {
        via: isBadge ? 'badge' : 'link',
        to,
        licences: licence === undefined ? [] : [licence],
        ours: isOurs(readme, link, isBadge),
        ...(named.length > 0 ? { named } : {}),
      });
    }
    if (isGuide) return { facts, anchors, problems: left ? [moreThan(limits.proseFacts, 'links to licences')] : [] };
    for (const unit of readme.units) {
      if (unit.aside || unit.kind === 'row' || unit.text.length > 600 || !licenceWord.test(unit.headings.at(-1) ?? '') || !sendsElsewhere.test(unit.text))
        continue;
      const to = { path: null, repository: null };
      add(
        { kind: 'reference', id: idOf('link', ''), via: 'link', target: '', to, role, scope: 'any', licences: [], ours: true, credited: false },
        spanOf(unit.start, unit.start + unit.text.length),
      );
      break;
    }
    for (const { repository, via, span } of homesIn(text, start, title, path))
      add({ kind: 'home', id: idOf(`home-${via}`, repository), repository, via }, span);
    return { facts, anchors, problems: left ? [moreThan(limits.proseFacts, 'links to licences')] : [] };
  },
};
