// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The words by which a record is found, and what somebody typed as such words. See the table {@code search_term}. */
final class SearchTerms {

    /** Every record has it. */
    static final String ANY = "*";

    private static final int LONGEST = 60; // characters
    private static final int DIGITS = 3; // fewer are rather part of a name

    private SearchTerms() {}

    /**
     * What one thing looked for comes to.
     *
     * @param words any of them will do
     * @param isWhole false when a term need only begin with one
     */
    record Criterion(List<String> words, boolean isWhole) {

        boolean holds(Set<String> terms) {
            return isWhole
                    ? words.stream().anyMatch(terms::contains)
                    : terms.stream().anyMatch(term -> words.stream().anyMatch(term::startsWith));
        }
    }

    static Set<String> of(Search.Hit record) {
        Set<String> terms = new LinkedHashSet<>();
        terms.add(ANY);
        number(record.from(), terms);
        number(record.to(), terms);
        words(record.fromName()).forEach(word -> terms.add("w" + word));
        words(record.toName()).forEach(word -> terms.add("w" + word));
        whole("e", record.extension(), terms);
        whole("d", record.direction(), terms);
        whole("k", record.kind(), terms);
        return terms;
    }

    static List<Criterion> of(Search.Query query) {
        List<Criterion> criteria = new ArrayList<>();
        criteria.add(new Criterion(List.of(ANY), true));
        typed(query.text(), criteria);
        Set<String> whole = new LinkedHashSet<>();
        whole("e", query.extension(), whole);
        whole("d", query.direction(), whole);
        whole("k", query.kind(), whole);
        whole.forEach(term -> criteria.add(new Criterion(List.of(term), true)));
        return criteria;
    }

    private static void typed(String text, List<Criterion> criteria) {
        boolean isNumber = text.chars().noneMatch(Character::isLetter) && digits(text).length() >= DIGITS;
        for (String part : isNumber ? new String[] {text.strip()} : text.strip().split("\\s+")) {
            String digits = digits(part);
            if (digits.length() >= DIGITS && part.chars().noneMatch(Character::isLetter)) {
                criteria.add(new Criterion(
                        part.startsWith("+") ? List.of("n" + digits) : List.of("n" + digits, "r" + backwards(digits)), false));
            } else {
                words(part).forEach(word -> criteria.add(new Criterion(List.of("w" + word), false)));
            }
        }
    }

    private static void number(String number, Set<String> terms) {
        String digits = number == null ? "" : digits(number);
        if (!digits.isEmpty()) {
            terms.add("n" + digits);
            terms.add("r" + backwards(digits));
        }
    }

    private static void whole(String letter, String value, Set<String> terms) {
        if (value != null && !value.isBlank()) {
            terms.add(letter + cut(Statements.storable(value.strip().toLowerCase(Locale.ROOT))));
        }
    }

    /** Of a name, in lower case and without accents. */
    private static List<String> words(String name) {
        if (name == null) {
            return List.of();
        }
        String plain = Normalizer.normalize(Statements.storable(name), Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        for (String word : plain.split("[^\\p{L}\\p{N}]+")) {
            if (!word.isEmpty()) {
                words.add(cut(word));
            }
        }
        return words;
    }

    /** Of a term that is not looked up by itself, the one that is: of a number backwards the number. */
    static String indexed(String term) {
        return term.startsWith("r") ? "n" + backwards(term.substring(1)) : term;
    }

    static boolean isIndexed(String term) {
        return !term.startsWith("r");
    }

    /** By which its records are found. Two terms with the same cost a look, and no wrong answer. */
    static long number(String customer, String term) {
        byte[] text = (customer + "\0" + term).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(sha256(text)).getLong();
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String digits(String text) {
        StringBuilder digits = new StringBuilder();
        text.codePoints()
                .filter(Character::isDigit)
                .map(each -> Character.digit(each, 10))
                .limit(LONGEST)
                .forEach(digits::append);
        return digits.toString();
    }

    private static String backwards(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST));
    }
}
