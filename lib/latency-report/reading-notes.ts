import { CONFIDENCE, type LatencyReport, REQUESTS_PER_OBSERVATION } from './latency-report';
import { percent } from './numbers';

/** A question that a reader of a report has, and the answer. */
export interface ReadingNote {
  readonly question: string;
  readonly answer: string;
}

/** What the numbers of a report mean, and what they cannot tell. */
export function readingNotes({ options: { noise, allowedErrors } }: LatencyReport): readonly ReadingNote[] {
  return [
    {
      question: 'What is p90?',
      answer: 'The latency that 90 % of the requests do not exceed. A difference of −20 % is a fifth less than in the first run.',
    },
    {
      question: 'What are the ranges?',
      answer:
        `Where the difference would be if both runs were repeated under the same conditions: bootstrap intervals from 8000 resamples of fortio's histograms. ` +
        `All ranges of a pair of runs hold together in ${percent(CONFIDENCE)} of such repetitions. Since requests that follow each other share connections, caches and neighbours, ` +
        `and fortio does not keep their order, each run counts as if it had one request for every ${REQUESTS_PER_OBSERVATION} that it sent. That is a cautious guess and no measurement.`,
    },
    {
      question: 'When is a difference real?',
      answer:
        `With several runs of a case: when its whole range is on one side of none, and the difference itself is more than ${percent(noise)}. The range is then as ` +
        `wide as what runs of the same differ by demands (Student's t, a run is one observation): the more runs, the narrower. With one run each: when its ` +
        `whole range is beyond ${percent(noise)}. Nothing is known then of how much runs of the same differ, and another program on the machine may be the whole difference.`,
    },
    {
      question: 'How exact are the latencies?',
      answer:
        `Fortio counts requests in buckets, some 10 to 25 % wide at -r 0.0001 and at least 1 ms without that. Within a bucket, latencies are taken to be ` +
        `spread evenly, in all runs alike. So the size of a small difference is less certain than that there is one.`,
    },
    {
      question: 'What do the latencies leave out?',
      answer:
        'A thread that waits for an answer sends nothing. A pause of the server shows as one slow request, where users would have met many: the highest percentiles are ' +
        'rather too low in all runs.',
    },
    {
      question: 'When is a run no result?',
      answer:
        `When more than ${percent(allowedErrors)} of its requests failed, because fortio puts the latencies of errors among the others, and errors are often fast; ` +
        `when it sent less than 95 % of the requests a second that it was asked for; or when it opened more connections than it has threads, because fortio ` +
        `repeats a request whose connection broke.`,
    },
  ];
}
