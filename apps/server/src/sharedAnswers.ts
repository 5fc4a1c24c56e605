import { transformer } from './transport.ts'

/** What is asked, word for word, and of what: the same words elsewhere are another question. */
type Question = { of: readonly object[]; text: string }

type Asked<Answer> = Question & { answer: Promise<Answer>; isShared: boolean }

/** Answers that more than one was given, with their texts once they were said. */
const texts = new WeakMap<object, Buffer | null>()

/**
 * Answers alike questions once: whoever asks in one turn of the event loop what another asks in it is
 * given the same object, which nobody may change. It is read after the last of them has asked. When
 * the news of a change reaches all screens, they all ask for the same page at once.
 * @param answer depends on nothing but the question
 */
export function answerOnce<Call, Answer>(
  questionOf: (call: Call) => Question,
  answer: (call: Call) => Promise<Answer>,
): (call: Call) => Promise<Answer> {
  let asked: Asked<Answer>[] = []

  function ask(question: Question, call: Call): Asked<Answer> {
    const one: Asked<Answer> = {
      ...question,
      isShared: false,
      answer: new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
        asked = asked.filter((other) => other !== one)
        const given = await answer(call)
        if (one.isShared && isObject(given)) texts.set(given, null)
        return given
      }),
    }
    asked.push(one)
    return one
  }

  return (call) => {
    const question = questionOf(call)
    const alike = asked.find((other) => isAlike(other, question))
    if (alike) alike.isShared = true
    return (alike ?? ask(question, call)).answer
  }
}

const isAlike = (one: Question, other: Question) =>
  one.text === other.text && one.of.every((object, index) => object === other.of[index])

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** What is sent of an answer, as JSON. That of a shared answer is made, and brought into bytes, once. */
export function answerText(answer: unknown): string | Buffer {
  const isShared = isObject(answer) && texts.has(answer)
  const made = isShared && texts.get(answer)
  if (made) return made
  const text = JSON.stringify({ result: { data: transformer.serialize(answer) } })
  if (!isShared) return text
  const bytes = Buffer.from(text)
  texts.set(answer, bytes)
  return bytes
}
