// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a customer's {@code path} may be: relative, with {@code {id}} in it, and unable to lead under {@code
 * <customer>/journal/}.
 */
final class PathTemplate {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}/]*)}");
    private static final String RESERVED = "journal";

    private final String text;
    private final Collection<String> placeholders;

    PathTemplate(String text, Collection<String> placeholders) {
        this.text = text;
        this.placeholders = placeholders;
    }

    /**
     * @param id the customer's
     * @param sharing the customers that share a target with it, without itself
     * @param words what a placeholder of few values can become; those missing can become anything
     * @return one sentence for each thing that is wrong
     */
    List<String> problems(String id, Set<String> sharing, Words words) {
        if (PLACEHOLDER.matcher(text).replaceAll("").matches(".*[{}].*")) {
            return List.of("a brace is opened or closed alone");
        }
        List<String> problems = new ArrayList<>();
        Set<String> used = new TreeSet<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            used.add(matcher.group(1));
        }
        for (String name : used) {
            if (!placeholders.contains(name)) {
                problems.add("{" + name + "} is none of its placeholders; "
                        + Nearest.of(name, placeholders)
                                .map(nearest -> "did you mean {" + nearest + "}?")
                                .orElse("there are {" + String.join("}, {", placeholders) + "}"));
            }
        }
        if (!used.contains("id")) {
            problems.add("must contain {id}, without which two items would have one name");
        }
        if (text.startsWith("/")) {
            problems.add("must not begin with /; it lies under the target's own place");
        }
        List<String> pieces = List.of(text.replaceFirst("^/+", "").split("/", -1));
        if (pieces.stream().anyMatch(piece -> piece.equals("..") || piece.equals(".") || piece.isBlank())) {
            problems.add("must not contain an empty part, . or ..");
        }
        if (text.contains("\\") || text.chars().anyMatch(Character::isISOControl)) {
            problems.add("must not contain a backslash or a control character; the parts are separated by /");
        }
        if (!sharing.isEmpty() && !used.contains("customer")) {
            problems.add("must contain {customer}, because " + String.join(", ", new TreeSet<>(sharing))
                    + (sharing.size() == 1 ? " shares" : " share") + " a target with " + id);
        }
        if (problems.isEmpty() && pieces.size() > 1) {
            Set<String> owners = new TreeSet<>(sharing);
            owners.add(id);
            owners.stream()
                    .filter(owner -> words.canBe(pieces.get(0), owner) && words.canBe(pieces.get(1), RESERVED))
                    .findFirst()
                    .ifPresent(owner -> problems.add("can lead under " + owner + "/" + RESERVED
                            + "/, which is reserved; put another word into its second part"));
        }
        return problems;
    }

    /** What the placeholders of one customer can become, as regular expressions by name. */
    record Words(Map<String, String> byName) {

        /** Upper and lower case are the same here, because they are on some file systems. */
        boolean canBe(String piece, String word) {
            StringBuilder pattern = new StringBuilder();
            Matcher matcher = PLACEHOLDER.matcher(piece);
            int end = 0;
            while (matcher.find()) {
                pattern.append(Pattern.quote(piece.substring(end, matcher.start())));
                pattern.append("(?:").append(byName.getOrDefault(matcher.group(1), ".*")).append(")");
                end = matcher.end();
            }
            pattern.append(Pattern.quote(piece.substring(end)));
            return Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                    .matcher(word)
                    .matches();
        }
    }
}
