/** What the lab calls itself: every client that shows a version shows that this is no real cluster. */
export const labVersion = 'v1.36.2+podnet.lab';
