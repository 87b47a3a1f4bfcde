// SPDX-License-Identifier: Apache-2.0
package io.callvault.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.function.Function;

/** The strings among the values of a JSON text, changed where they stand; everything else keeps its bytes. */
public final class RawStrings {

    /**
     * A piece of a value, and what comes in its place.
     *
     * @param from index of its first character in the value as it reads, without escapes
     * @param to index after its last
     * @param by plain; escaped where it must be
     */
    public record Change(int from, int to, String by) {}

    private RawStrings() {}

    /**
     * Edits a text.
     *
     * @param json one JSON value. What is not JSON is read as far as it looks like it, and never fails
     * @param changes is shown each string as it reads, at every depth, names of members excepted; answers what to change in
     *     it, in order and not overlapping
     */
    public static String edit(String json, Function<String, List<Change>> changes) {
        StringBuilder edited = new StringBuilder();
        int copied = 0;
        int open = json.indexOf('"');
        while (open >= 0) {
            Literal literal = Literal.read(json, open + 1);
            if (!literal.isName(json)) {
                for (Change change : changes.apply(literal.text().toString())) {
                    edited.append(json, copied, literal.at(change.from()));
                    JsonStringEncoder.getInstance().quoteAsString(change.by(), edited);
                    copied = literal.at(change.to());
                }
            }
            open = json.indexOf('"', literal.end() + 1);
        }
        return copied == 0 ? json : edited.append(json, copied, json.length()).toString();
    }

    /**
     * A string as it reads.
     *
     * @param starts where each of its characters begins in the JSON text
     * @param end where its closing quote stands, or would
     */
    private record Literal(StringBuilder text, int[] starts, int end) {

        static Literal read(String json, int start) {
            int end = end(json, start);
            StringBuilder text = new StringBuilder(end - start);
            int[] starts = new int[end - start];
            int next;
            for (int i = start; i < end; i = next) {
                starts[text.length()] = i;
                next = Math.min(end, i + length(json, i));
                text.append(next - i == 1 ? json.charAt(i) : escaped(json, i, next));
            }
            return new Literal(text, starts, end);
        }

        int at(int index) {
            return index < text.length() ? starts[index] : end;
        }

        boolean isName(String json) {
            int next = end + 1;
            while (next < json.length() && Character.isWhitespace(json.charAt(next))) {
                next++;
            }
            return next < json.length() && json.charAt(next) == ':';
        }

        private static int end(String json, int start) {
            int end = start;
            while (end < json.length() && json.charAt(end) != '"') {
                end += json.charAt(end) == '\\' ? 2 : 1;
            }
            return Math.min(end, json.length());
        }

        /** Of one character with its escape: RFC 8259, section 7. */
        private static int length(String json, int at) {
            if (json.charAt(at) != '\\') {
                return 1;
            }
            return json.startsWith("u", at + 1) ? 6 : 2;
        }

        private static char escaped(String json, int from, int end) {
            char letter = json.charAt(from + 1);
            return switch (letter) {
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'u' -> {
                    int code = 0;
                    for (int i = from + 2; i < end; i++) {
                        code = code * 16 + Math.max(0, Character.digit(json.charAt(i), 16));
                    }
                    yield (char) code;
                }
                default -> letter;
            };
        }
    }
}
