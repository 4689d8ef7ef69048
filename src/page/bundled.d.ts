/** What `scripts/bundle-page.mjs` makes of `client/`: the page's own program and looks, each one text. */
export declare const script: string;
export declare const style: string;
