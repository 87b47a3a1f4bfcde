// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.acceptance.Json;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers a request for a binary: whole, a range of it, or badly. */
final class Downloads {

    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");
    private static final List<String> VOICEMAIL = List.of(
            "application/octet-stream", "audio/x-wav", "audio/wav", "audio/mpeg", "audio/mp3", "audio/ogg",
            "multipart/form-data", "multipart/mixed");

    private final String storage;

    /** @param storage scheme, address and port of the storage provider, where redirects lead */
    Downloads(String storage) {
        this.storage = storage;
    }

    /** One address for the document and its media; the Accept decides which. */
    Reply recording(Asked request, Row row) {
        if (isDocument(request)) {
            return Reply.json(200, Listing.success(row.single()));
        }
        for (String type : Accept.of(request)) {
            if (type.equals("audio/mpeg") || type.equals("audio/mp3")) {
                return content(request, row, true);
            }
            if (type.equals("audio/*")) {
                // The server takes the way of the binary and finds the document there.
                return Reply.of(200, "audio/mpeg", new byte[0]);
            }
        }
        return notAcceptable();
    }

    /** Whether a request for a recording gets the document, not the media. */
    static boolean isDocument(Asked request) {
        List<String> wishes = Accept.of(request);
        return wishes.isEmpty() || List.of("application/json", "application/x-json", "*/*").contains(wishes.get(0));
    }

    Reply voicemail(Asked request, Row row) {
        return Accept.any(Accept.of(request), VOICEMAIL) ? content(request, row, false) : notAcceptable();
    }

    /** Only the stored type is offered, whatever is sent in the end. */
    Reply fax(Asked request, Row row) {
        return Accept.any(Accept.of(request), List.of("image/tiff")) ? content(request, row, false) : notAcceptable();
    }

    private Reply content(Asked request, Row row, boolean ranges) {
        Blob blob = row.blob();
        Fault fault = blob == null ? Fault.NO_ATTACHMENT : blob.nextFault();
        if (fault == null) {
            return whole(request, row, blob, ranges);
        }
        int length = blob == null ? 0 : blob.bytes().length;
        return switch (fault) {
            case PROVIDER_ERROR -> Reply.datastoreFault("the storage provider said 403: quota exceeded");
            case UNREACHABLE -> Reply.unreachable();
            case NO_ATTACHMENT -> noAttachment(row);
            case EMPTY -> Reply.of(200, "audio/mpeg", new byte[0]);
            case ENVELOPE_AS_AUDIO ->
                Reply.of(200, "audio/mpeg", Reply.datastoreFault("timeout").body());
            case PROXY_PAGE -> Reply.page(502, "text/html");
            case PAGE_AS_AUDIO -> Reply.page(200, "audio/mpeg");
            case TRUNCATED -> whole(request, row, blob, ranges).cut(0.3);
            case CUT_AT_70_PERCENT -> whole(request, row, blob, ranges).cut(0.7);
            case UNASKED_206 -> isRanged(request) ? whole(request, row, blob, ranges) : part(row, blob, 0, length);
            case UNASKED_206_HALF ->
                isRanged(request) ? whole(request, row, blob, ranges) : part(row, blob, 0, length / 2);
            case REDIRECT ->
                Reply.of(302, "text/plain", new byte[0]).with("Location", storage + "/bucket/" + blob.sha256());
        };
    }

    private static boolean isRanged(Asked request) {
        return request.headers().containsKey("range");
    }

    /** 200, or 206 of one range from a beginning; of anything else all. */
    private static Reply whole(Asked request, Row row, Blob blob, boolean ranges) {
        byte[] bytes = blob.bytes();
        Matcher range = RANGE.matcher(request.headers().getOrDefault("range", ""));
        if (!ranges || !range.matches() || Long.parseLong(range.group(1)) >= bytes.length) {
            return described(Reply.of(200, blob.kind().contentType, bytes), row, blob);
        }
        int from = Integer.parseInt(range.group(1));
        long to = range.group(2).isEmpty() ? bytes.length - 1L : Long.parseLong(range.group(2));
        return part(row, blob, from, (int) Math.min(bytes.length, to + 1));
    }

    private static Reply part(Row row, Blob blob, int from, int end) {
        byte[] bytes = blob.bytes();
        return described(
                Reply.of(206, blob.kind().contentType, Arrays.copyOfRange(bytes, from, end))
                        .with("Content-Range", "bytes " + from + "-" + (end - 1) + "/" + bytes.length),
                row,
                blob);
    }

    private static Reply described(Reply reply, Row row, Blob blob) {
        return reply.with("ETag", "\"3-" + blob.sha256().substring(0, 32) + "\"")
                .with("Content-Disposition", "attachment; filename=" + row.id() + "." + blob.kind().extension);
    }

    private static Reply noAttachment(Row row) {
        ObjectNode data = Json.object().put("message", "bad identifier");
        data.put(row.feed() == Feed.VOICEMAILS ? "cause" : "details", row.id());
        return Reply.error(404, "bad_identifier", data);
    }

    /** Without an envelope. */
    private static Reply notAcceptable() {
        return Reply.of(406, "text/plain", new byte[0]);
    }
}
