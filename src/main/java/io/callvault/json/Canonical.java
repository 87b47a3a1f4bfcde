// SPDX-License-Identifier: Apache-2.0
package io.callvault.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A JSON text written anew: members sorted by name, no white space, numbers by value. Written straight from the parser's tokens,
 * because every listed record is, again at each look-back.
 */
final class Canonical {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonParser parser;
    private char[] text;
    private int length;

    /** Where a member with its name stands. */
    private record Member(String name, int start, int end) {}

    private Canonical(JsonParser parser, int expected) {
        this.parser = parser;
        this.text = new char[Math.max(16, expected)];
    }

    /**
     * The canonical form of a text.
     *
     * @throws IOException if it is not one JSON value, or has a name twice in an object
     */
    static String of(String json) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            Canonical canonical = new Canonical(parser, json.length());
            canonical.value(parser.nextToken());
            if (parser.nextToken() != null) {
                throw new IOException("more than one JSON value");
            }
            return new String(canonical.text, 0, canonical.length);
        }
    }

    private void value(JsonToken token) throws IOException {
        if (token == null) {
            throw new IOException("no JSON value");
        }
        switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> quote();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token);
            default -> append(parser.getText()); // true, false, null
        }
    }

    private void object() throws IOException {
        List<Member> members = new ArrayList<>();
        append('{');
        int begin = length;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            if (!members.isEmpty()) {
                append(',');
            }
            int start = length;
            String name = parser.currentName();
            quote(name);
            append(':');
            value(parser.nextToken());
            members.add(new Member(name, start, length));
        }
        sort(members, begin);
        append('}');
    }

    private void sort(List<Member> members, int begin) throws IOException {
        boolean isSorted = true;
        for (int i = 1; i < members.size(); i++) {
            isSorted &= members.get(i - 1).name().compareTo(members.get(i).name()) < 0;
        }
        if (isSorted) {
            return;
        }
        members.sort(Comparator.comparing(Member::name));
        char[] sorted = new char[length - begin];
        int at = 0;
        String last = null;
        for (Member member : members) {
            if (member.name().equals(last)) {
                throw new IOException("a name twice");
            }
            last = member.name();
            if (at > 0) {
                sorted[at++] = ',';
            }
            System.arraycopy(text, member.start(), sorted, at, member.end() - member.start());
            at += member.end() - member.start();
        }
        System.arraycopy(sorted, 0, text, begin, at);
    }

    private void array() throws IOException {
        append('[');
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            value(token);
            token = parser.nextToken();
            if (token != JsonToken.END_ARRAY) {
                append(',');
            }
        }
        append(']');
    }

    /** 100, 1E2 and 100.0 are the same number; what does not end in a zero is the only way to write a whole one. */
    private void number(JsonToken token) throws IOException {
        char last = parser.getTextCharacters()[parser.getTextOffset() + parser.getTextLength() - 1];
        if (token == JsonToken.VALUE_NUMBER_INT && last != '0') {
            append(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        } else {
            append(parser.getDecimalValue().stripTrailingZeros().toString());
        }
    }

    private void quote() throws IOException {
        char[] chars = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int to = from + parser.getTextLength();
        for (int i = from; i < to; i++) {
            if (isEscaped(chars[i])) {
                quote(new String(chars, from, to - from));
                return;
            }
        }
        append('"');
        append(chars, from, to - from);
        append('"');
    }

    private void quote(String name) {
        append('"');
        boolean isPlain = true;
        for (int i = 0; i < name.length() && isPlain; i++) {
            isPlain = !isEscaped(name.charAt(i));
        }
        if (isPlain) {
            append(name);
            append('"');
            return;
        }
        char[] quoted = JsonStringEncoder.getInstance().quoteAsString(name);
        append(quoted, 0, quoted.length);
        append('"');
    }

    private static boolean isEscaped(char c) {
        return c < ' ' || c == '"' || c == '\\';
    }

    private void append(char c) {
        room(1);
        text[length++] = c;
    }

    private void append(String more) {
        room(more.length());
        more.getChars(0, more.length(), text, length);
        length += more.length();
    }

    private void append(char[] more, int from, int count) {
        room(count);
        System.arraycopy(more, from, text, length, count);
        length += count;
    }

    private void room(int more) {
        if (length + more > text.length) {
            text = Arrays.copyOf(text, Math.max(length + more, text.length * 2));
        }
    }
}
