// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import io.callvault.acceptance.RateGroups.Group;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The published operations that an archiver has any business with, their parameters and their groups. */
final class Operations {

    /**
     * @param name the page it is described on
     * @param parameters by name; the value is the form it must have
     */
    record Operation(
            String name, String method, Pattern path, Group group, Seen.Kind kind, Map<String, Form> parameters) {}

    /** An operation found, and the values of its path: account, extension, id, in that order. */
    record Match(Operation operation, List<String> path) {}

    /** How a parameter must look; {@code many} ones are repeated keys, never lists with commas. */
    record Form(boolean many, String type) {

        boolean accepts(String value) {
            return switch (type) {
                case "text" -> !value.isEmpty();
                case "bool" -> value.equals("true") || value.equals("false");
                case "count" -> value.matches("[1-9][0-9]{0,8}");
                case "size" -> value.equals("max") || value.matches("[1-9][0-9]{0,8}");
                case "time" -> isTime(value);
                default -> Arrays.asList(type.split("\\|")).contains(value);
            };
        }

        private static boolean isTime(String value) {
            try {
                OffsetDateTime.parse(value);
                return true;
            } catch (DateTimeException e) {
                return false;
            }
        }
    }

    private static final String ACCOUNT = "/restapi/v1.0/account/{a}";
    private static final String MAILBOX = ACCOUNT + "/extension/{e}/message-store";
    private static final String[] CALLS = {
        "view=Simple|Detailed", "dateFrom=time", "dateTo=time", "type*=Voice|Fax", "direction*=Inbound|Outbound",
        "recordingType=Automatic|OnDemand|All", "withRecording=bool", "extensionNumber=text", "phoneNumber=text",
        "sessionId=text", "telephonySessionId=text", "metadataCategory*=text", "showDeleted=bool", "page=count",
        "perPage=size"
    };
    private static final String[] OF_EXTENSION = java.util.stream.Stream.concat(
                    Arrays.stream(CALLS), java.util.stream.Stream.of("showBlocked=bool", "transport*=PSTN|VoIP"))
            .toArray(String[]::new);
    private static final String[] MESSAGES = {
        "messageType*=Fax|SMS|VoiceMail|Pager|Text", "availability*=Alive|Deleted|Purged", "dateFrom=time",
        "dateTo=time", "direction*=Inbound|Outbound", "readStatus*=Read|Unread", "conversationId=text",
        "distinctConversations=bool", "phoneNumber=text", "owner*=text", "ownerExtensionType*=text", "page=count",
        "perPage=size"
    };
    private static final String[] CONTENT = {"contentDisposition=Inline|Attachment", "contentDispositionFilename=text"};
    private static final String[] SYNC = {
        "syncType=FSync|ISync", "syncToken=text", "recordCount=count", "dateFrom=time", "view=Simple|Detailed"
    };

    private static final List<Operation> ALL = List.of(
            operation("token", "POST", "/restapi/oauth/token", Group.AUTH, Seen.Kind.TOKEN),
            operation("revoke", "POST", "/restapi/oauth/revoke", Group.AUTH, Seen.Kind.TOKEN),
            operation("versions", "GET", "/restapi", Group.NONE, Seen.Kind.SETTINGS),
            operation("version", "GET", "/restapi/v1.0", Group.NONE, Seen.Kind.SETTINGS),
            operation("account", "GET", ACCOUNT, Group.LIGHT, Seen.Kind.SETTINGS),
            operation("call-recording", "GET", ACCOUNT + "/call-recording", Group.LIGHT, Seen.Kind.SETTINGS),
            operation("store-configuration", "GET", ACCOUNT + "/message-store-configuration", Group.LIGHT,
                    Seen.Kind.SETTINGS),
            operation("authz-profile", "GET", ACCOUNT + "/extension/{e}/authz-profile", Group.MEDIUM,
                    Seen.Kind.SETTINGS),
            operation("authz-check", "GET", ACCOUNT + "/extension/{e}/authz-profile/check", Group.LIGHT,
                    Seen.Kind.SETTINGS, "permissionId=text", "targetExtensionId=text"),
            operation("extensions", "GET", ACCOUNT + "/extension", Group.MEDIUM, Seen.Kind.LIST,
                    "status*=Enabled|Disabled|Frozen|NotActivated|Unassigned", "type*=text", "extensionNumber=text",
                    "email*=text", "page=count", "perPage=size"),
            operation("extension", "GET", ACCOUNT + "/extension/{e}", Group.LIGHT, Seen.Kind.SETTINGS),
            operation("call-log", "GET", ACCOUNT + "/call-log", Group.HEAVY, Seen.Kind.LIST, CALLS),
            operation("extension-call-log", "GET", ACCOUNT + "/extension/{e}/call-log", Group.HEAVY, Seen.Kind.LIST,
                    OF_EXTENSION),
            operation("call-record", "GET", ACCOUNT + "/call-log/{id}", Group.HEAVY, Seen.Kind.METADATA,
                    "view=Simple|Detailed"),
            operation("call-log-sync", "GET", ACCOUNT + "/call-log-sync", Group.HEAVY, Seen.Kind.LIST, SYNC),
            operation("call-log-extract-sync", "GET", ACCOUNT + "/call-log-extract-sync", Group.HEAVY, Seen.Kind.LIST,
                    SYNC),
            operation("recording", "GET", ACCOUNT + "/recording/{id}", Group.HEAVY, Seen.Kind.METADATA),
            operation("recording-content", "GET", ACCOUNT + "/recording/{id}/content", Group.HEAVY, Seen.Kind.CONTENT,
                    CONTENT),
            operation("messages", "GET", MAILBOX, Group.LIGHT, Seen.Kind.LIST, MESSAGES),
            operation("message", "GET", MAILBOX + "/{id}", Group.LIGHT, Seen.Kind.METADATA),
            operation("message-sync", "GET", ACCOUNT + "/extension/{e}/message-sync", Group.LIGHT, Seen.Kind.LIST,
                    "syncType=FSync|ISync", "syncToken=text", "recordCount=count", "dateFrom=time", "dateTo=time",
                    "direction*=Inbound|Outbound", "messageType*=Fax|SMS|VoiceMail|Pager|Text", "owner*=text"),
            operation("message-content", "GET", MAILBOX + "/{id}/content/{x}", Group.MEDIUM, Seen.Kind.CONTENT,
                    CONTENT),
            // Not by filter, which is published too: without one it deletes everything.
            operation("delete-recordings", "DELETE", ACCOUNT + "/call-recordings", Group.HEAVY, Seen.Kind.DELETION),
            operation("delete-message", "DELETE", MAILBOX + "/{id}", Group.MEDIUM, Seen.Kind.DELETION, "purge=bool"));

    private Operations() {}

    static Optional<Match> find(String method, String path) {
        for (Operation operation : ALL) {
            Matcher matcher = operation.path().matcher(path);
            if (operation.method().equals(method) && matcher.matches()) {
                return Optional.of(new Match(
                        operation,
                        java.util.stream.IntStream.rangeClosed(1, matcher.groupCount())
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

    /** What is wrong with the parameters; empty if nothing is. */
    static Optional<String> complaint(Operation operation, Map<String, List<String>> parameters) {
        for (Map.Entry<String, List<String>> given : parameters.entrySet()) {
            Form form = operation.parameters().get(given.getKey());
            if (form == null) {
                return Optional.of("no parameter " + given.getKey());
            }
            if (!form.many() && given.getValue().size() > 1) {
                return Optional.of("more than one " + given.getKey());
            }
            for (String value : given.getValue()) {
                if (!form.accepts(value)) {
                    return Optional.of("bad value for " + given.getKey() + ": " + value);
                }
            }
        }
        return Optional.empty();
    }

    private static Operation operation(
            String name, String method, String path, Group group, Seen.Kind kind, String... parameters) {
        Map<String, Form> forms = new LinkedHashMap<>();
        for (String parameter : parameters) {
            String[] parts = parameter.split("=", 2);
            boolean many = parts[0].endsWith("*");
            forms.put(many ? parts[0].substring(0, parts[0].length() - 1) : parts[0], new Form(many, parts[1]));
        }
        Pattern pattern = Pattern.compile(path.replace(".", "\\.").replaceAll("\\{[a-z]+}", "([^/]+)"));
        return new Operation(name, method, pattern, group, kind, forms);
    }
}
