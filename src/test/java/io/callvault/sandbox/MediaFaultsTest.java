// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.testing.SettableClock;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MediaFaultsTest {

    private static final String ACCOUNT = "/restapi/v1.0/account/~";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-12T17:00:00Z"));
    private final Sandbox sandbox = Sandbox.start(SandboxOptions.demo(), clock);
    private final Caller caller = Caller.signedIn(sandbox);
    private final String id = sandbox.truth().recordings().get(0);
    private final String content = ACCOUNT + "/recording/" + id + "/content";
    private final byte[] whole = caller.get(content).body();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void the_body_ends_before_its_announced_length() {
        sandbox.faults().add(MediaFaults.truncatedAfter(1000).times(1));
        assertThatThrownBy(() -> caller.get(content)).isInstanceOf(UncheckedIOException.class);
        assertThat(caller.get(content).body()).isEqualTo(whole);
    }

    @Test
    void the_length_is_not_announced() {
        sandbox.faults().add(MediaFaults.lengthMissing().times(1));
        HttpResponse<byte[]> chunked = caller.get(content);
        assertThat(Caller.header(chunked, "Content-Length")).isNull();
        assertThat(chunked.body()).isEqualTo(whole);
        sandbox.faults().add(MediaFaults.chunksTruncatedAfter(1000));
        assertThatThrownBy(() -> caller.get(content)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void the_body_comes_in_small_pieces() {
        sandbox.faults().add(MediaFaults.trickle(whole.length / 4, Duration.ofMillis(1)));
        assertThat(caller.get(content).body()).isEqualTo(whole);
    }

    @Test
    void success_with_something_that_is_no_recording() {
        String type = Caller.header(caller.get(content), "Content-Type");
        sandbox.faults().add(MediaFaults.empty().times(1));
        HttpResponse<byte[]> empty = caller.get(content);
        assertThat(empty.statusCode()).isEqualTo(200);
        assertThat(empty.body()).isEmpty();
        assertThat(Caller.header(empty, "Content-Length")).isEqualTo("0");
        sandbox.faults().add(MediaFaults.html().times(1));
        assertThat(Caller.header(caller.get(content), "Content-Type")).isEqualTo("text/html");
        sandbox.faults().add(MediaFaults.htmlAsMedia().times(1));
        HttpResponse<byte[]> html = caller.get(content);
        assertThat(Caller.header(html, "Content-Type")).isEqualTo(type);
        assertThat(new String(html.body(), StandardCharsets.UTF_8)).startsWith("<!DOCTYPE html>");
        sandbox.faults().add(MediaFaults.json().times(1));
        assertThat(Caller.json(caller.get(content)).has("message")).isTrue();
        sandbox.faults().add(MediaFaults.jsonAsMedia().times(1));
        assertThat(Caller.header(caller.get(content), "Content-Type")).isEqualTo(type);
        sandbox.faults().add(MediaFaults.claiming("application/octet-stream").times(1));
        assertThat(caller.get(content).body()).isEqualTo(whole);
        sandbox.faults().add(MediaFaults.otherBytes().times(1));
        assertThat(caller.get(content).body()).isNotEqualTo(whole).startsWith('I', 'D', '3');
        assertThat(caller.get(content).body()).isEqualTo(whole);
    }

    @Test
    void a_part_that_nobody_asked_for() {
        sandbox.faults().add(MediaFaults.partialUnasked().times(1));
        HttpResponse<byte[]> all = caller.get(content);
        assertThat(all.statusCode()).isEqualTo(206);
        assertThat(all.body()).isEqualTo(whole);
        sandbox.faults().add(MediaFaults.partialUnasked(500));
        HttpResponse<byte[]> some = caller.get(content);
        assertThat(some.body()).isEqualTo(Arrays.copyOf(whole, 500));
        assertThat(Caller.header(some, "Content-Range")).isEqualTo("bytes 0-499/" + whole.length);
        assertThat(caller.get(content, "Range", "bytes=500-").body())
                .isEqualTo(Arrays.copyOfRange(whole, 500, whole.length));
    }

    @Test
    void a_part_that_was_asked_for_is_not_given() {
        sandbox.faults().add(MediaFaults.rangeIgnored().times(1));
        HttpResponse<byte[]> ignored = caller.get(content, "Range", "bytes=500-");
        assertThat(ignored.statusCode()).isEqualTo(200);
        assertThat(ignored.body()).isEqualTo(whole);
        sandbox.faults().add(MediaFaults.rangeRefused());
        assertThat(caller.get(content, "Range", "bytes=500-").statusCode()).isEqualTo(416);
        assertThat(caller.get(content).statusCode()).isEqualTo(200);
    }

    @Test
    void not_there_yet_or_no_longer() {
        String second = ACCOUNT + "/recording/" + sandbox.truth().recordings().get(1) + "/content";
        sandbox.faults().add(MediaFaults.notReadyFor(2));
        for (String one : new String[] {content, second, content, second}) {
            assertThat(caller.get(one).statusCode()).isEqualTo(404);
        }
        assertThat(caller.get(content).body()).isEqualTo(whole);
        assertThat(caller.get(second).statusCode()).isEqualTo(200);
        sandbox.faults().add(MediaFaults.notFound().onRecording(id));
        assertThat(Caller.code(caller.get(content))).isEqualTo("CMN-102");
        assertThat(caller.get(second).statusCode()).isEqualTo(200);
    }

    @Test
    void attachments_that_are_not_ready() {
        Truth.AttachmentRow fax = sandbox.truth().attachments().stream()
                .filter(one -> one.contentType().equals("application/pdf"))
                .findFirst()
                .orElseThrow();
        long extension = sandbox.truth().messages().stream()
                .filter(one -> one.id() == fax.message())
                .findFirst()
                .orElseThrow()
                .extension();
        String attachment =
                ACCOUNT + "/extension/" + extension + "/message-store/" + fax.message() + "/content/" + fax.id();
        sandbox.faults().add(MediaFaults.faxNotRendered().times(1));
        assertThat(Caller.code(caller.get(attachment))).isEqualTo("MSG-368");
        sandbox.faults().add(MediaFaults.contentIsNull().times(1));
        assertThat(Caller.code(caller.get(attachment))).isEqualTo("MSG-352");
        assertThat(caller.get(attachment).statusCode()).isEqualTo(200);
        assertThat(caller.get(content).statusCode()).isEqualTo(200);
        assertThat(sandbox.requests().contentRequests(fax.message(), fax.id())).isEqualTo(3);
    }

    @Test
    void a_redirect_to_a_stranger_who_asks_for_no_token() {
        sandbox.faults().add(MediaFaults.redirect(302, sandbox.stranger()));
        HttpResponse<byte[]> redirect = caller.get(content);
        assertThat(redirect.statusCode()).isEqualTo(302);
        String location = Caller.header(redirect, "Location");
        assertThat(location).startsWith(sandbox.stranger().toString());
        assertThat(new Caller(sandbox).get(location).body()).isEqualTo(whole);
        assertThat(new Caller(sandbox).get(sandbox.stranger() + ACCOUNT + "/call-log").statusCode())
                .isEqualTo(404);
        assertThat(sandbox.requests().where(one -> one.door() == Door.STRANGER))
                .extracting(ReceivedRequest::authorization)
                .containsOnly("unknown bearer");
    }

    @Test
    void a_redirect_within_the_provider_still_asks_for_the_token() {
        sandbox.faults().add(MediaFaults.redirectWithin(307));
        String location = Caller.header(caller.get(content), "Location");
        assertThat(location).startsWith("/moved/restapi/");
        assertThat(caller.get(location).body()).isEqualTo(whole);
        assertThat(new Caller(sandbox).get(location).statusCode()).isEqualTo(401);
        sandbox.faults().clear();
        sandbox.faults().add(MediaFaults.redirectNowhere().times(1));
        HttpResponse<byte[]> nowhere = caller.get(content);
        assertThat(nowhere.statusCode()).isEqualTo(302);
        assertThat(Caller.header(nowhere, "Location")).isNull();
    }

    @Test
    void a_refused_request_stays_refused() {
        sandbox.faults().add(MediaFaults.empty());
        assertThat(new Caller(sandbox).get(content).statusCode()).isEqualTo(401);
        assertThat(caller.get(ACCOUNT + "/recording/1/content").statusCode()).isEqualTo(404);
    }
}
