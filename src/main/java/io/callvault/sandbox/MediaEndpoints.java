// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recordings: what is known of one, and its bytes; and the bytes of attachments. */
final class MediaEndpoints {

    /** Before an ordinary path: where a redirect within the provider leads. */
    static final String MOVED = "/moved";

    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");
    private static final Set<String> DISPOSITION = Set.of("contentDisposition", "contentDispositionFilename");

    private final Site site;

    MediaEndpoints(Site site) {
        this.site = site;
    }

    List<Endpoint> all() {
        String account = "/restapi/v1.0/account/*";
        String recording = account + "/recording/*/content";
        String attachment = account + "/extension/*/message-store/*/content/*";
        return List.of(
                new Endpoint("GET", account + "/recording/*", RateGroup.HEAVY, Set.of(), this::recording),
                new Endpoint("DELETE", account + "/call-recordings", RateGroup.HEAVY, Set.of(), this::delete),
                new Endpoint("GET", recording, RateGroup.HEAVY, DISPOSITION, this::recordingContent),
                new Endpoint("GET", attachment, RateGroup.MEDIUM, DISPOSITION, this::attachment),
                new Endpoint("GET", MOVED + recording, RateGroup.NONE, DISPOSITION, this::recordingContent),
                new Endpoint("GET", MOVED + attachment, RateGroup.NONE, DISPOSITION, this::attachment));
    }

    private Answer recording(Request request) throws Refusal {
        site.account(request);
        Recording one = known(request);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("id", one.id());
        body.put("uri", site.addresses().recording(one.id()));
        body.put("contentUri", site.addresses().content(one.id()));
        body.put("contentType", site.world().contentType(one));
        body.put("duration", one.seconds());
        return Answer.json(200, body);
    }

    /** One to a hundred ids; of one that is unknown nothing is documented, and here it refuses them all. */
    private Answer delete(Request request) throws Refusal {
        site.account(request);
        JsonNode records = request.json().path("records");
        if (!records.isArray() || records.isEmpty() || records.size() > 100) {
            throw Refusal.badParameter("records", records.toString());
        }
        for (JsonNode id : records) {
            if (!id.isTextual() || site.world().recording(id.asText()) == null) {
                throw Refusal.notFound("callRecordingId");
            }
        }
        records.forEach(id -> site.world().forget(id.asText()));
        return Answer.nothing();
    }

    private Answer recordingContent(Request request) throws Refusal {
        site.account(request);
        Recording one = known(request);
        String type = site.world().contentType(one);
        String name = one.id() + (type.equals("audio/wav") ? ".wav" : ".mp3");
        return content(request, site.world().media(one), type, name);
    }

    private Answer attachment(Request request) throws Refusal {
        site.account(request);
        Extension extension = site.extension(request);
        for (Message message : site.world().messages()) {
            if (Long.toString(message.id()).equals(request.capture(2))
                    && message.extension().equals(extension)
                    && !message.availability().equals("Purged")) {
                Message.Attachment one = message.attachment(request.capture(3));
                if (one == null) {
                    throw Refusal.notFound("attachmentId");
                }
                return content(request, one.media(), one.contentType(), one.fileName());
            }
        }
        throw Refusal.notFound("messageId");
    }

    private Recording known(Request request) throws Refusal {
        Recording one = site.world().recording(request.capture(1));
        if (one == null) {
            throw Refusal.notFound("callRecordingId");
        }
        return one;
    }

    /** All of it, or the part that a single {@code Range} names; a range of another form is ignored (RFC 9110, 14.2). */
    private static Answer content(Request request, Media media, String type, String name) throws Refusal {
        Answer whole = Answer.of(200, type, Answer.media(media)).with("Accept-Ranges", "bytes");
        if (name != null) {
            String kind = "Inline".equals(new Parameters(request).one("contentDisposition")) ? "inline" : "attachment";
            whole = whole.with("Content-Disposition", kind + ";filename=" + name);
        }
        String header = request.range();
        Matcher range = header == null ? null : RANGE.matcher(header);
        if (range == null || !range.matches() || header.equals("bytes=-")) {
            return whole;
        }
        long length = media.length();
        boolean isSuffix = range.group(1).isEmpty();
        long from = isSuffix
                ? Math.max(0, length - Long.parseLong(range.group(2)))
                : Long.parseLong(range.group(1));
        long to = isSuffix || range.group(2).isEmpty()
                ? length - 1
                : Math.min(length - 1, Long.parseLong(range.group(2)));
        if (from >= length || from > to) {
            return unsatisfiable(length);
        }
        return partial(whole, media, from, to);
    }

    static Answer partial(Answer whole, Media media, long from, long to) {
        return whole.with(206, Answer.part(media, from, to - from + 1))
                .with("Content-Range", "bytes " + from + "-" + to + "/" + media.length());
    }

    static Answer unsatisfiable(long length) {
        return Answer.error(416, "CMN-107", "Requested range is not satisfiable")
                .with("Content-Range", "bytes */" + length);
    }
}
