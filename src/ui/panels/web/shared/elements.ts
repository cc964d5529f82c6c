/*
 * Making elements without HTML: whatever a cluster put into a text stays a text. Nothing in a page may use innerHTML,
 * insertAdjacentHTML or document.write.
 */

export type Child = Node | string | undefined | false;
/** `class`, `role`, `aria-…`, `data-…` and the like; undefined and false leave the attribute out, true sets it empty. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Attributes in which a text would be an address or a script. */
const forbidden = /^(on.*|style|href|src|srcset|srcdoc|action|formaction|xlink:href)$/i;

/** `el('p', { class: 'note' }, 'text', el('b', {}, 'more'))`. */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  return filled(document.createElement(name), attributes, children);
}

/** As {@link el}, for the elements of a drawing. */
export function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

/** A button that does something when it is clicked or pressed. */
export function button(
  attributes: Attributes,
  onClick: () => void,
  ...children: readonly Child[]
): HTMLButtonElement {
  const made = el('button', { type: 'button', ...attributes }, ...children);
  made.addEventListener('click', onClick);
  return made;
}

function filled<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (forbidden.test(name)) throw new Error(`The attribute ${name} is not set from data.`);
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(
    ...children.filter((child): child is Node | string => child !== undefined && child !== false),
  );
  return element;
}
