import fc from 'fast-check';
import { Markup, markup } from '../../lib/latency-report/markup';

test('what is put into a template is escaped, markup is not', () => {
  expect(markup`<b title="${'"a"'}">${'<i> & \u202e'}${1}${new Markup('<br>')}</b>`.text).toBe(
    '<b title="&quot;a&quot;">&lt;i&gt; &amp; \\u202e1<br></b>',
  );
  expect(markup`${[markup`<li>${'&'}</li>`, markup`<li/>`]}`.text).toBe('<li>&amp;</li>\n<li/>');
});

test('no text becomes an element, an attribute or an entity', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) =>
      expect(markup`${text}`.text.replace(/&(amp|lt|gt|quot|#39);/g, '')).not.toMatch(/[<>&"']/),
    ),
  );
});
