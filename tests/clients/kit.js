// What all client tests share: where the hub is, and which operations it understands.
//
// HANSA_URL is the address of the running hub, such as http://127.0.0.1:8080, and HANSA_TOKEN a token of one of its people.
// HANSA_OPERATIONS may name another file in operations/, so that the same clients run against the toy schema of the
// transport's tests and the real graph.

const base = process.env.HANSA_URL;
if (!base) throw new Error('HANSA_URL must be the address of a running hub, such as http://127.0.0.1:8080');

export const http = new URL('/graphql', base).href;
export const socket = http.replace(/^http/, 'ws');
export const sdl = new URL('/schema.graphql', base).href;
export const token = process.env.HANSA_TOKEN ?? 'good';

/** What the clients of the protocols ask. */
export async function operations() {
  return (await import(`./operations/${process.env.HANSA_OPERATIONS ?? 'hub'}.js`)).default;
}

/** Collects what a client of graphql-ws or graphql-sse hears of one operation. */
export function collect(client, payload, most = Infinity) {
  return new Promise((resolve, reject) => {
    const heard = [];
    const stop = client.subscribe(payload, {
      next(message) {
        // What came in the same piece as the last one wanted.
        if (heard.length >= most) return;
        heard.push(message);
        if (heard.length >= most) {
          stop();
          resolve(heard);
        }
      },
      error: reject,
      complete: () => resolve(heard),
    });
  });
}
