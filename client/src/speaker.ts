/** Where how much decides the words: each with `{count}`, or without where the number stands elsewhere. */
export interface Counted {
  readonly one: string;
  readonly other: string;
}

/** What is shown to a person, by id: English sentences with placeholders in braces. Plain data, so that a table in another language can be laid over it. */
export type Messages = Readonly<Record<string, string | Counted>>;

type Texts<Message> = Message extends Counted ? Message['one' | 'other'] : Message;
type Placeholders<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never;
/** Of a call: nothing where the message has no placeholders, else a value for each of them and for nothing else. */
type Values<Names extends string, Value> = [Names] extends [never] ? [] : [values: { readonly [Name in Names]: Value }];
type Ids<Table extends Messages, Kind> = { [Id in keyof Table & string]: Table[Id] extends Kind ? Id : never }[keyof Table & string];

type Value = string | number;

/** A sentence, cut at its placeholders. Each is looked at once, so that a value stays as it is, whatever stands in it. */
export const pieces = <T>(text: string, values: Readonly<Record<string, T>>): readonly (string | T)[] =>
  text.split(/\{(\w+)\}/).flatMap<string | T>((part, at) => {
    if (at % 2 === 0) return part === '' ? [] : [part];
    return [Object.hasOwn(values, part) ? (values[part] as T) : `{${part}}`];
  });

export interface Speaker<Table extends Messages, Piece> {
  readonly say: <Id extends Ids<Table, string>>(id: Id, ...values: Values<Placeholders<Table[Id]>, Value>) => string;
  /** In the words for so many; `{count}` is the number itself. */
  readonly counted: <Id extends Ids<Table, Counted>>(
    id: Id,
    count: number,
    ...values: Values<Exclude<Placeholders<Texts<Table[Id]>>, 'count'>, Value>
  ) => string;
  /** In pieces, for values that are more than text, or several. */
  readonly parts: <Id extends Ids<Table, string>>(id: Id, ...values: Values<Placeholders<Table[Id]>, Piece | readonly Piece[]>) => readonly (string | Piece)[];
}

/** The words of a table. What is said is looked up when it is said: nothing of it is kept while a module loads. */
export const speaker = <const Table extends Messages, Piece = never>(table: Table): Speaker<Table, Piece> => {
  const filled = (text: string, values: Readonly<Record<string, Value>> = {}): string => pieces(text, values).join('');
  return {
    say: (id, ...[values]) => filled(table[id] as string, values),
    counted: (id, count, ...[values]) => {
      const message = table[id] as Counted;
      return filled(count === 1 ? message.one : message.other, { ...values, count });
    },
    parts: (id, ...[values]) => pieces<Piece | readonly Piece[]>(table[id] as string, values ?? {}).flat() as readonly (string | Piece)[],
  };
};

/** British, as the sentences are. */
export const locale = 'en-GB';

/** A number that may be long, in groups of three. */
export const grouped = (number: number): string => number.toLocaleString(locale);
