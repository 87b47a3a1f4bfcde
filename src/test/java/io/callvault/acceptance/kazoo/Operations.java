// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import io.callvault.acceptance.kazoo.Asked.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The published operations that an archiver has any business with, and their parameters. */
final class Operations {

    /** @param feed whose module serves it, or null */
    record Operation(String name, String method, Pattern path, Kind kind, Feed feed, Set<String> parameters) {}

    /** An operation found, and the values of its path: the account first, if it names one. */
    record Match(Operation operation, List<String> path) {}

    private static final String ACCOUNT = "/v2/accounts/{a}";
    private static final String USER = ACCOUNT + "/users/{u}";
    private static final String BOX = ACCOUNT + "/vmboxes/{b}";
    private static final String FOLDER = "/faxes/{inbox|incoming|outbox|outgoing|smtplog}";
    private static final String[] PAGES = {
        "page_size", "start_key", "paginate", "ascending", "descending", "is_chunked", "chunk_size"
    };
    private static final String[] LISTING = {
        "page_size", "start_key", "paginate", "ascending", "descending", "is_chunked", "chunk_size", "created_from",
        "created_to"
    };

    /** {@code include} is harmless where nobody knows it, and needed where recordings can be hidden. */
    private static final String[] RECORDINGS =
            Stream.concat(Arrays.stream(LISTING), Stream.of("include")).toArray(String[]::new);

    private static final List<Operation> ALL = List.of(
            operation("user_auth", "PUT", "/v2/user_auth", Kind.TOKEN, null),
            operation("api_auth", "PUT", "/v2/api_auth", Kind.TOKEN, null),
            operation("token_auth", "GET", "/v2/token_auth", Kind.SETTINGS, null),
            operation("account", "GET", ACCOUNT, Kind.SETTINGS, null),
            operation("children", "GET", ACCOUNT + "/children", Kind.LIST, null, PAGES),
            operation("descendants", "GET", ACCOUNT + "/descendants", Kind.LIST, null, PAGES),
            operation("users", "GET", ACCOUNT + "/users", Kind.LIST, null, PAGES),
            operation("user", "GET", USER, Kind.SETTINGS, null),
            operation("recordings", "GET", ACCOUNT + "/recordings", Kind.LIST, Feed.RECORDINGS, RECORDINGS),
            operation("user-recordings", "GET", USER + "/recordings", Kind.LIST, Feed.RECORDINGS, RECORDINGS),
            operation("recording", "GET", ACCOUNT + "/recordings/{id}", Kind.CONTENT, Feed.RECORDINGS, "accept", "inline"),
            operation("cdrs", "GET", ACCOUNT + "/cdrs", Kind.LIST, Feed.CDRS, LISTING),
            operation("user-cdrs", "GET", USER + "/cdrs", Kind.LIST, Feed.CDRS, LISTING),
            operation("interactions", "GET", ACCOUNT + "/cdrs/interaction", Kind.LIST, Feed.CDRS, LISTING),
            operation("legs", "GET", ACCOUNT + "/cdrs/legs/{id}", Kind.METADATA, Feed.CDRS, PAGES),
            operation("cdr", "GET", ACCOUNT + "/cdrs/{id}", Kind.METADATA, Feed.CDRS),
            operation("vmboxes", "GET", ACCOUNT + "/vmboxes", Kind.LIST, Feed.VOICEMAILS, PAGES),
            operation("all-messages", "GET", ACCOUNT + "/vmboxes/messages", Kind.LIST, Feed.VOICEMAILS, LISTING),
            operation("vmbox", "GET", BOX, Kind.SETTINGS, Feed.VOICEMAILS),
            operation("messages", "GET", BOX + "/messages", Kind.LIST, Feed.VOICEMAILS, LISTING),
            operation("message", "GET", BOX + "/messages/{id}", Kind.METADATA, Feed.VOICEMAILS),
            operation("raw", "GET", BOX + "/messages/{id}/raw", Kind.CONTENT, Feed.VOICEMAILS),
            operation("faxes", "GET", ACCOUNT + FOLDER, Kind.LIST, Feed.FAXES, LISTING),
            operation("user-faxes", "GET", USER + FOLDER, Kind.LIST, Feed.FAXES, LISTING),
            operation("faxbox-faxes", "GET", ACCOUNT + "/faxboxes/{b}" + FOLDER, Kind.LIST, Feed.FAXES, LISTING),
            operation("fax", "GET", ACCOUNT + FOLDER + "/{id}", Kind.METADATA, Feed.FAXES),
            operation("attachment", "GET", ACCOUNT + FOLDER + "/{id}/attachment", Kind.CONTENT, Feed.FAXES, "disposition"),
            // Without should_soft_delete, which takes away what an administrator could bring back.
            operation("delete-recording", "DELETE", ACCOUNT + "/recordings/{id}", Kind.DELETION, Feed.RECORDINGS),
            operation("patch-recordings", "PATCH", ACCOUNT + "/recordings/collection", Kind.DELETION, Feed.RECORDINGS),
            operation("patch-recording", "PATCH", ACCOUNT + "/recordings/{id}", Kind.DELETION, Feed.RECORDINGS),
            operation("delete-message", "DELETE", BOX + "/messages/{id}", Kind.DELETION, Feed.VOICEMAILS),
            operation("delete-fax", "DELETE", ACCOUNT + FOLDER + "/{id}", Kind.DELETION, Feed.FAXES));

    private Operations() {}

    static Optional<Match> find(String method, String path) {
        for (Operation operation : ALL) {
            Matcher matcher = operation.path().matcher(path);
            if (operation.method().equals(method) && matcher.matches()) {
                return Optional.of(new Match(
                        operation,
                        IntStream.rangeClosed(1, matcher.groupCount())
                                .mapToObj(matcher::group)
                                .toList()));
            }
        }
        return Optional.empty();
    }

    /** Whether the path is published with any method at all. */
    static boolean isPath(String path) {
        return ALL.stream().anyMatch(operation -> operation.path().matcher(path).matches());
    }

    /** What is asked that the real server ignores in silence; empty if nothing is. */
    static Optional<String> complaint(Operation operation, Map<String, List<String>> parameters) {
        for (Map.Entry<String, List<String>> given : parameters.entrySet()) {
            if (!operation.parameters().contains(given.getKey())) {
                return Optional.of("no parameter " + given.getKey());
            }
            if (given.getValue().size() > 1) {
                return Optional.of("more than one " + given.getKey());
            }
        }
        return Optional.empty();
    }

    private static Operation operation(
            String name, String method, String path, Kind kind, Feed feed, String... parameters) {
        // {id} is any piece, {a|b} one of these.
        String pattern = path.replaceAll("\\{([a-z]+)}", "([^/]+)").replaceAll("\\{([a-z|]+)}", "($1)");
        return new Operation(name, method, Pattern.compile(pattern), kind, feed, Set.of(parameters));
    }
}
