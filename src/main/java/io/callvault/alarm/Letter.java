// SPDX-License-Identifier: Apache-2.0
package io.callvault.alarm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.json.ExactJson;
import io.callvault.ledger.AlarmNotice;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Some notices as somebody reads them.
 *
 * @param title one line of our own words, ids and codes
 * @param text for people
 * @param json for programs; its member {@code text} is the same text
 */
public record Letter(String title, String text, String json) {

    /** @param notices at least one */
    static Letter of(List<AlarmNotice> notices) {
        String text = notices.stream().map(Letter::text).collect(Collectors.joining("\n"));
        ObjectNode whole = ExactJson.MAPPER.createObjectNode();
        whole.put("text", text);
        ArrayNode all = whole.putArray("notices");
        notices.forEach(notice -> all.add(json(notice)));
        return new Letter(title(notices), text, whole.toString());
    }

    private static String title(List<AlarmNotice> notices) {
        if (notices.size() == 1) {
            AlarmNotice one = notices.get(0);
            return "Callvault: " + whose(one) + (one.kind().equals("over") ? ": over: " : ": ") + one.code()
                    + (one.subject().isEmpty() ? "" : " " + Plain.line(one.subject()));
        }
        TreeSet<String> whose = new TreeSet<>();
        notices.forEach(notice -> whose.add(whose(notice)));
        String first = whose.stream().limit(3).collect(Collectors.joining(", "));
        return "Callvault: " + notices.size() + " notices for " + first + (whose.size() > 3 ? " and others" : "");
    }

    private static String whose(AlarmNotice notice) {
        return notice.customer().isEmpty() ? "this installation" : notice.customer();
    }

    private static String text(AlarmNotice notice) {
        String head =
                switch (notice.kind()) {
                    case "digest" -> "Digest of " + whose(notice);
                    case "over" -> "Over: " + notice.code() + " of " + whose(notice);
                    default -> "Alarm " + notice.code() + " of " + whose(notice);
                };
        StringBuilder text = new StringBuilder(head).append(", ").append(notice.at()).append("\n");
        notice.sentence().lines().forEach(line -> text.append(Plain.line(line)).append("\n"));
        if (notice.kind().equals("raised")) {
            text.append("What to do: ").append(AlarmCode.valueOf(notice.code()).advice()).append("\n");
        }
        return text.toString();
    }

    private static ObjectNode json(AlarmNotice notice) {
        ObjectNode node = ExactJson.MAPPER.createObjectNode();
        node.put("state", notice.kind());
        node.put("customer", notice.customer().isEmpty() ? null : notice.customer());
        node.put("alarm", notice.code());
        node.put("subject", notice.subject().isEmpty() ? null : Plain.line(notice.subject()));
        node.put("at", notice.at().toString());
        node.put("sentence", notice.sentence());
        node.put("what-to-do", AlarmCode.valueOf(notice.code()).advice());
        return node;
    }
}
