// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers a request for content: whole, a range of it, or badly. */
final class Contents {

    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");

    private Contents() {}

    /** @param foreignBase where a redirect leads */
    static Answer answer(Media media, Seen request, String foreignBase) {
        if (media == null) {
            return notFound("callRecordingId");
        }
        Fault fault = media.nextFault();
        if (fault == null) {
            return whole(media, request);
        }
        byte[] bytes = media.bytes();
        return switch (fault) {
            case UNAVAILABLE -> Answer.html(503, "text/html");
            case TRUNCATED -> cut(whole(media, request), 0.3);
            case CUT_AT_70_PERCENT -> cut(whole(media, request), 0.7);
            case EMPTY -> Answer.of(200, media.contentType(), new byte[0]);
            case HTML -> Answer.html(200, "text/html");
            case HTML_AS_AUDIO -> Answer.html(200, media.contentType());
            case JSON ->
                Answer.of(
                        200,
                        media.contentType(),
                        Answer.error(200, "CMN-201", "Service Temporary Unavailable")
                                .body());
            case UNASKED_206 -> request.range() == null ? part(media, 0, bytes.length) : whole(media, request);
            case UNASKED_206_HALF -> request.range() == null ? part(media, 0, bytes.length / 2) : whole(media, request);
            case NOT_READY -> notFound("callRecordingId");
            case FOREIGN_REDIRECT ->
                Answer.of(302, "text/plain", new byte[0]).with("Location", foreignBase + media.path());
            case CHUNKED -> whole(media, request).announcing(-1);
        };
    }

    static Answer notFound(String parameter) {
        return Answer.error(404, "CMN-102", "Resource for parameter [" + parameter + "] is not found");
    }

    /** As a well-behaved server would: 200, or 206 of the range asked for, or 416. */
    static Answer whole(Media media, Seen request) {
        byte[] bytes = media.bytes();
        if (request.range() == null) {
            return Answer.of(200, media.contentType(), bytes);
        }
        Matcher range = RANGE.matcher(request.range());
        if (!range.matches()) {
            return Answer.of(200, media.contentType(), bytes);
        }
        long from = Long.parseLong(range.group(1));
        long to = range.group(2).isEmpty() ? bytes.length - 1L : Long.parseLong(range.group(2));
        if (from >= bytes.length || to < from) {
            return Answer.error(416, "CMN-107", "Range is not satisfiable")
                    .with("Content-Range", "bytes */" + bytes.length);
        }
        return part(media, (int) from, (int) Math.min(bytes.length, to + 1));
    }

    private static Answer part(Media media, int from, int end) {
        byte[] bytes = media.bytes();
        return Answer.of(206, media.contentType(), Arrays.copyOfRange(bytes, from, end))
                .with("Content-Range", "bytes " + from + "-" + (end - 1) + "/" + bytes.length);
    }

    private static Answer cut(Answer answer, double share) {
        byte[] some = Arrays.copyOf(answer.body(), (int) (answer.body().length * share));
        return new Answer(answer.status(), answer.headers(), some, answer.announced());
    }
}
