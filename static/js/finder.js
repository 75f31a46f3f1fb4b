// Finds entries by words: as they are, by their beginnings, or misspelt a little.
{
  const AT_ONCE = 40; // entries that are read before the page may do something else: a few ms on a slow phone
  const FIELDS = { title: 6, also: 3, about: 2, words: 1 }; // and what a word that stands there is worth
  const BEGUN = 0.6; // what the beginning of a word is worth, at most
  const MISSPELT = 0.4; // the same of each letter that is wrong
  const NOT_MEANT = 0.1; // and of all of that where the word that was asked for is there as it is

  const LETTERS = { ø: "o", ł: "l", đ: "d", ı: "i", ß: "ss", æ: "ae", œ: "oe" };
  const fold = (text) =>
    text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[øłđıßæœ]/g, (letter) => LETTERS[letter]);
  const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

  // How many letters are wrong, missing, too many or in the place of their neighbour (Damerau–Levenshtein, of which
  // only what is not above `most` counts: then `most` + 1 is given).
  const distance = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
    for (let i = 1; i <= one.length; i++) {
      const row = [i];
      for (let j = 1; j <= other.length; j++) {
        const wrong = one[i - 1] === other[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + wrong);
        const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
        if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return most + 1;
      [before, last] = [last, row];
    }
    return last[other.length];
  };

  // What a word is worth to somebody who asked for `term`: 1 if it is the same, 0 if it has nothing to do with it. Of
  // numbers, years above all, one is not meant for another.
  const likeness = (word, term) => {
    if (word === term) return 1;
    if (term.length > 1 && word.startsWith(term)) return BEGUN * (term.length / word.length) ** 0.25;
    const most = term.length > 3 && !/\p{N}/u.test(term) ? Math.round(term.length / 5) : 0;
    const wrong = most && distance(term, word, most);
    return wrong && wrong <= most ? MISSPELT ** wrong : 0;
  };

  // Reads entries, and gives a function that finds: `weigh` says what an entry is worth beside others.
  const makeFinder = async (entries, weigh) => {
    const places = new Map(); // for each word the entries that have it, with what it is worth there
    for (const [at, entry] of entries.entries()) {
      if (at % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => setTimeout(resolve));
      for (const [field, worth] of Object.entries(FIELDS)) {
        const words = wordsOf(entry[field]);
        for (const word of words) {
          if (!places.has(word)) places.set(word, new Map());
          const of = places.get(word);
          of.set(entry, Math.max(of.get(entry) ?? 0, worth / (1 + Math.log(words.length))));
        }
      }
    }

    // For each entry that has the term or something like it: what that is worth, and the words.
    const having = (term) => {
      const found = new Map();
      for (const [word, of] of places) {
        const like = likeness(word, term) * (places.has(term) && !word.startsWith(term) ? NOT_MEANT : 1);
        if (!like) continue;
        const rarity = Math.log(1 + entries.length / of.size);
        for (const [entry, worth] of of) {
          const one = found.get(entry) ?? { score: 0, words: [] };
          one.score = Math.max(one.score, like * rarity * worth);
          one.words.push(word);
          found.set(entry, one);
        }
      }
      return found;
    };

    // Those that have all words, or if there are none, some; the best first, each as { entry, words }.
    return (text, filter = () => true) => {
      const terms = [...new Set(wordsOf(text))].map(having);
      const some = new Set(terms.flatMap((found) => [...found.keys()]).filter(filter));
      const all = [...some].filter((entry) => terms.every((found) => found.has(entry)));
      return (all.length ? all : [...some])
        .map((entry) => {
          const parts = terms.map((found) => found.get(entry)).filter(Boolean);
          const exact = fold(entry.title) === fold(text.trim()) ? 3 : 1;
          const score = parts.reduce((sum, one) => sum + one.score, 0) * weigh(entry) * exact;
          return { entry, score, words: parts.flatMap((one) => one.words) };
        })
        .sort((one, other) => other.score - one.score);
    };
  };

  Object.assign(roadbook, { fold, makeFinder });
}
