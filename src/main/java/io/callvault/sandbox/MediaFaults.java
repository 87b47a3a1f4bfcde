// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Bytes that are not what they should be. Where nothing else is said they strike the content of every recording and
 * attachment; {@link Fault#onRecording} and {@link Fault#onPath} narrow or widen that, to listings too.
 */
public final class MediaFaults {

    private static final Predicate<String> CONTENT = path -> path.contains("/content");
    private static final Predicate<Answer> GOOD = answer -> answer.status() == 200 || answer.status() == 206;
    private static final String HTML = "<!DOCTYPE html><html><body>Please sign in</body></html>";

    private MediaFaults() {}

    /** The announced length is right, but the connection is cut after so many bytes. */
    public static Fault truncatedAfter(long bytes) {
        return delivered("truncated", new Answer.Delivery(bytes, false, 0, Duration.ZERO));
    }

    /** The length is not announced: the body comes in chunks. */
    public static Fault lengthMissing() {
        return delivered("length missing", new Answer.Delivery(-1, true, 0, Duration.ZERO));
    }

    /** The length is not announced, and the connection is cut after so many bytes. */
    public static Fault chunksTruncatedAfter(long bytes) {
        return delivered("chunks truncated", new Answer.Delivery(bytes, true, 0, Duration.ZERO));
    }

    /** So many bytes at once, then a pause. Takes real time, whatever the clock says. */
    public static Fault trickle(int bytes, Duration pause) {
        return delivered("trickle", new Answer.Delivery(-1, false, bytes, pause));
    }

    /** 200 with the right type and nothing in it. */
    public static Fault empty() {
        return good("empty", (request, answer) -> answer.with(200, Answer.bytes(new byte[0])));
    }

    /** 200 with a page of HTML that says what it is. */
    public static Fault html() {
        return good("html", (request, answer) -> Answer.of(200, "text/html", HTML));
    }

    /** 200 with a page of HTML under the type of the media. */
    public static Fault htmlAsMedia() {
        return good("html as media", (request, answer) -> Answer.of(
                200, answer.headers().get("content-type"), HTML));
    }

    /** 200 with JSON that says what it is. */
    public static Fault json() {
        return good("json", (request, answer) -> Answer.of(200, Answer.JSON, "{\"message\":\"try later\"}"));
    }

    /** 200 with JSON under the type of the media. */
    public static Fault jsonAsMedia() {
        return good("json as media", (request, answer) -> Answer.of(
                200, answer.headers().get("content-type"), "{\"message\":\"try later\"}"));
    }

    /** The right bytes under another type. */
    public static Fault claiming(String contentType) {
        return good("claiming " + contentType, (request, answer) -> answer.with("Content-Type", contentType));
    }

    /** Playable bytes that are other ones than the truth knows. */
    public static Fault otherBytes() {
        return good("other bytes", (request, answer) -> Answer.of(
                        200, "audio/mpeg", Answer.media(Samples.mp3("another " + request.path()))));
    }

    /** 206 with everything, although nobody asked for a part. */
    public static Fault partialUnasked() {
        return unasked("bytes=0-");
    }

    /** 206 with the first so many bytes, although nobody asked for a part; the rest has to be asked for. */
    public static Fault partialUnasked(long bytes) {
        return unasked("bytes=0-" + (bytes - 1));
    }

    /** 200 with everything, although a part was asked for. */
    public static Fault rangeIgnored() {
        return Fault.before("range ignored", CONTENT, request -> {
                    request.range(null);
                    return null;
                })
                .where(request -> request.header("Range") != null);
    }

    /** 416 to every request for a part. */
    public static Fault rangeRefused() {
        return Fault.before("range refused", CONTENT, request -> MediaEndpoints.unsatisfiable(0))
                .where(request -> request.header("Range") != null);
    }

    /** 404 CMN-102: for ever, or with {@link Fault#times} so often. */
    public static Fault notFound() {
        return Fault.before("not found", CONTENT, request -> Refusal.notFound("callRecordingId").answer());
    }

    /** 404 to the first so many requests for each recording or attachment, as if none were ready yet. */
    public static Fault notReadyFor(int requests) {
        Map<String, Integer> asked = new ConcurrentHashMap<>();
        return notFound().where(request -> asked.merge(request.path(), 1, Integer::sum) <= requests);
    }

    /** The provider does not say with which status it tells that a fax is still being drawn; this does it with 404. */
    public static Fault faxNotRendered() {
        return error(404, "MSG-368", "Fax content is not available yet").onPath("/message-store/");
    }

    /** 500 MSG-352. */
    public static Fault contentIsNull() {
        return error(500, "MSG-352", "Message content is null").onPath("/message-store/");
    }

    /** A redirect (301, 302, 303, 307, 308) to the same path at another server; {@link Sandbox#stranger} has the bytes. */
    public static Fault redirect(int status, URI server) {
        return Fault.before("redirect", CONTENT, request -> redirected(status, Reception.at(server, request)))
                .where(MediaFaults::isAtHome);
    }

    /** A redirect to another path at the same server, where the token is asked for as well. */
    public static Fault redirectWithin(int status) {
        return Fault.before(
                        "redirect within",
                        CONTENT,
                        request -> redirected(status, MediaEndpoints.MOVED + Reception.at(URI.create(""), request)))
                .where(MediaFaults::isAtHome);
    }

    /** 302 that does not say where to. */
    public static Fault redirectNowhere() {
        return Fault.before("redirect nowhere", CONTENT, request -> Answer.of(302, "text/html", ""))
                .where(MediaFaults::isAtHome);
    }

    private static Answer redirected(int status, String location) {
        return Answer.of(status, "text/html", "").with("Location", location);
    }

    /** Not where a redirect has led already. */
    private static boolean isAtHome(Request request) {
        return request.door() != Door.STRANGER && !request.path().startsWith(MediaEndpoints.MOVED);
    }

    private static Fault unasked(String range) {
        return Fault.before("partial unasked", CONTENT, request -> {
                    request.range(range);
                    return null;
                })
                .where(request -> request.header("Range") == null);
    }

    private static Fault error(int status, String code, String message) {
        return Fault.before(code, CONTENT, request -> Answer.error(status, code, message));
    }

    private static Fault delivered(String name, Answer.Delivery delivery) {
        return good(name, (request, answer) -> answer.with(delivery));
    }

    private static Fault good(String name, Fault.After after) {
        return Fault.after(name, CONTENT, GOOD, after);
    }
}
