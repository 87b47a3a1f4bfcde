// SPDX-License-Identifier: Apache-2.0
package io.callvault.store;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A customer's {@code path}: pieces with {@code /} between them, made of text and of {@link Placeholder}s in braces.
 *
 * <p>Whatever the facts are, {@link #render} gives a path that {@link ObjectPath#problem} accepts, with room for
 * {@link ObjectPath#sidecar} and {@link ObjectPath#variant}, that is in NFC, that no operating system reserves, and that
 * never lies under {@code <customer>/journal/} or {@code <customer>/check/}. The same facts give the same path, in any locale. Different ids give
 * different names, also where case does not count, as far as the template keeps the id apart from the values around it, best by
 * an underscore: {@code {to}{id}} does not.
 */
public final class PathTemplate {

    /** What stands for a value that is not known. */
    public static final String UNKNOWN = "unknown";

    /** The directory of each customer's journal; no item lies in it. */
    public static final String JOURNAL = "journal";

    /** The directory of the object that {@code check} puts; no item lies in it. */
    public static final String CHECK = "check";

    /** Bytes kept free at the end: {@code ~xxxxxxxx} and {@code .json}. */
    private static final int SUFFIXES = 9 + 5;

    private static final int SPARE = 7; // bytes a piece: for "unknown" where all was cut, or an underscore

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}/]*)}");

    private final List<List<Part>> pieces;

    private PathTemplate(List<List<Part>> pieces) {
        this.pieces = pieces;
    }

    /** Text as it stands, or a placeholder; the other one is null. */
    private record Part(String text, Placeholder placeholder) {
        int least() {
            return placeholder == null ? CleanName.utf8(text) : placeholder.least();
        }
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException with the {@link #problems} as its message, if there are any
     */
    public static PathTemplate parse(String template) {
        List<String> problems = new ArrayList<>();
        PathTemplate parsed = parse(template, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", problems));
        }
        return parsed;
    }

    /** What is wrong with a template, each a sentence with what to write instead; empty when it is good. */
    public static List<String> problems(String template) {
        List<String> problems = new ArrayList<>();
        parse(template, problems);
        return problems;
    }

    private static PathTemplate parse(String template, List<String> problems) {
        List<List<Part>> pieces = new ArrayList<>();
        for (String piece : template.split("/", -1)) {
            pieces.add(piece(piece, problems));
        }
        PathTemplate parsed = new PathTemplate(pieces);
        if (template.startsWith("/") || template.endsWith("/") || template.contains("//")) {
            problems.add("The path begins or ends with a slash, or has two in a row: write it as customer/feed/name.");
        }
        if (!parsed.has("id")) {
            problems.add("The path lacks {id}, without which two items would get the same name: add it.");
        }
        if (pieces.size() > 1 && isReserved(plain(pieces.get(1)))) {
            problems.add("The second piece of the path is \"" + plain(pieces.get(1))
                    + "\", which is kept for the customer's journal or for callvault check: name it otherwise.");
        }
        if (parsed.leastBytes() > parsed.mostBytes()
                || pieces.stream().anyMatch(piece -> least(piece) > parsed.mostBytes(piece))) {
            problems.add("The path is too long: its fixed text leaves no room for the id within "
                    + ObjectPath.MAX_PIECE_BYTES + " bytes a piece and " + ObjectPath.MAX_BYTES
                    + " bytes in all; shorten it.");
        }
        return parsed;
    }

    private static List<Part> piece(String piece, List<String> problems) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(piece);
        int at = 0;
        while (matcher.find()) {
            text(piece.substring(at, matcher.start()), parts, problems);
            Placeholder placeholder = Placeholder.named(matcher.group(1));
            if (placeholder == null) {
                problems.add("The path has the placeholder {" + matcher.group(1) + "}, which does not exist: use one of "
                        + Placeholder.all() + ".");
            } else {
                parts.add(new Part(null, placeholder));
            }
            at = matcher.end();
        }
        text(piece.substring(at), parts, problems);
        edges(piece, problems);
        return parts;
    }

    private static void text(String text, List<Part> parts, List<String> problems) {
        if (text.isEmpty()) {
            return;
        }
        if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
            problems.add("The path has a brace without its partner in \"" + text + "\": write {name}.");
        } else if (!CleanName.value(text).equals(text)) {
            problems.add("The path's \"" + text + "\" has a character that some system reserves (< > : \" | ? * \\),"
                    + " or an invisible one, or is not in NFC: write \"" + CleanName.value(text) + "\".");
        }
        parts.add(new Part(text, null));
    }

    private static void edges(String piece, List<String> problems) {
        if (piece.startsWith(".") || piece.startsWith(" ") || piece.endsWith(".") || piece.endsWith(" ")) {
            problems.add("The path's piece \"" + piece
                    + "\" begins or ends with a dot or a space, which hides or changes names: leave it out.");
        }
    }

    /** Whether a placeholder is used, by its name without braces. */
    public boolean has(String placeholder) {
        return pieces.stream()
                .flatMap(List::stream)
                .anyMatch(part -> part.placeholder() != null && part.placeholder().word().equals(placeholder));
    }

    /** The path for these facts; never fails, whatever they are. */
    public String render(PathFacts facts) {
        List<List<PathValue>> values = new ArrayList<>();
        List<PathValue> all = new ArrayList<>();
        for (List<Part> piece : pieces) {
            List<PathValue> filled = new ArrayList<>();
            for (Part part : piece) {
                filled.add(part.placeholder() == null
                        ? PathValue.fixed(part.text())
                        : part.placeholder().of(facts));
            }
            PathValue.fit(filled, mostBytes(piece));
            values.add(filled);
            all.addAll(filled);
        }
        PathValue.fit(all, mostBytes() - (pieces.size() - 1));
        StringJoiner path = new StringJoiner("/");
        for (int i = 0; i < values.size(); i++) {
            path.add(outOfReserve(i, CleanName.piece(PathValue.joined(values.get(i)))));
        }
        return path.toString();
    }

    private String outOfReserve(int index, String name) {
        boolean maybeCustomer = pieces.size() == 1 && name.matches("[A-Za-z0-9-]+");
        return index == 1 && isReserved(name) || maybeCustomer ? name + "_" : name;
    }

    /** As the least strict file system compares: without case, without joiners. */
    private static boolean isReserved(String name) {
        String plain = name.replace("\u200c", "").replace("\u200d", "");
        return plain.equalsIgnoreCase(JOURNAL) || plain.equalsIgnoreCase(CHECK);
    }

    private static String plain(List<Part> piece) {
        return piece.size() == 1 && piece.get(0).placeholder() == null ? piece.get(0).text() : "";
    }

    private int mostBytes(List<Part> piece) {
        boolean last = piece == pieces.get(pieces.size() - 1);
        return ObjectPath.MAX_PIECE_BYTES - SPARE - (last ? SUFFIXES : 0);
    }

    private int mostBytes() {
        return ObjectPath.MAX_BYTES - SUFFIXES - SPARE * pieces.size();
    }

    private static int least(List<Part> piece) {
        return piece.stream().mapToInt(Part::least).sum();
    }

    private int leastBytes() {
        return pieces.stream().mapToInt(PathTemplate::least).sum() + pieces.size() - 1;
    }
}
