// SPDX-License-Identifier: Apache-2.0
package io.callvault.setup;

import io.callvault.config.Key;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A draft as the text of a properties file, with what is known of each key above it. */
final class DraftText {

    private static final int WIDTH = 110;

    private DraftText() {}

    static String of(Draft draft) {
        StringBuilder text = new StringBuilder()
                .append("# Written by callvault init. Change it as you like: a comment stands on a line of its own, and a key\n")
                .append("# that is not known stops the start. Every key there is, with its default, is in the file of this name\n")
                .append("# in Callvault's own directory.\n");
        blocks(draft).forEach((block, keys) -> {
            text.append("\n# --- ").append(block).append('\n');
            for (String key : keys) {
                comment(draft.declaration(key)).forEach(line -> text.append("# ").append(line).append('\n'));
                text.append(escaped(key, true))
                        .append(" = ")
                        .append(escaped(draft.entries().get(key), false))
                        .append('\n');
            }
        });
        return text.toString();
    }

    /** The keys by customer, target or whatever else they belong to, in the order in which each first came. */
    private static Map<String, List<String>> blocks(Draft draft) {
        Map<String, List<String>> blocks = new LinkedHashMap<>();
        draft.entries().keySet().forEach(key -> {
            String[] parts = key.split("\\.", 3);
            boolean isNamed = parts.length == 3 && (parts[0].equals("customer") || parts[0].equals("target"));
            blocks.computeIfAbsent(isNamed ? parts[0] + " " + parts[1] : parts[0], name -> new ArrayList<>())
                    .add(key);
        });
        return blocks;
    }

    private static List<String> comment(Key declaration) {
        return declaration == null ? List.of() : wrapped(declaration.description(), WIDTH);
    }

    /** The words of a text in lines of at most so many characters, if no word is longer. */
    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    /** As {@link java.util.Properties} reads it back. */
    private static String escaped(String text, boolean isKey) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '\\' -> escaped.append("\\\\");
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                case ' ', '=', ':', '#', '!' -> escaped.append(isKey ? "\\" : "").append(c);
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
