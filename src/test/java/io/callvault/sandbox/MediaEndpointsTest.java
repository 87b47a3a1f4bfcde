// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.testing.SettableClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MediaEndpointsTest {

    private static final String RECORDING = "/restapi/v1.0/account/~/recording/";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-12T17:00:00Z"));
    private final Sandbox sandbox = Sandbox.start(SandboxOptions.demo(), clock);
    private final Caller caller = Caller.signedIn(sandbox);
    private final String id = sandbox.truth().recordings().get(0);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void tells_where_the_bytes_are_and_names_them() {
        JsonNode recording = caller.json(RECORDING + id);
        assertThat(recording.get("id").asText()).isEqualTo(id);
        assertThat(recording.get("duration").isIntegralNumber()).isTrue();
        HttpResponse<byte[]> media = caller.get(recording.get("contentUri").asText());
        assertThat(Caller.header(media, "Content-Type"))
                .isEqualTo(recording.get("contentType").asText());
        assertThat(Caller.header(media, "Content-Length")).isEqualTo(Integer.toString(media.body().length));
        assertThat(Caller.header(media, "Content-Disposition")).startsWith("attachment;filename=" + id + ".");
        assertThat(sandbox.requests().contentRequests(id)).isEqualTo(1);
    }

    @Test
    void every_recording_has_bytes_of_its_own_and_begins_as_its_type_does() {
        Set<String> sums = new HashSet<>();
        Set<String> types = new HashSet<>();
        for (String one : sandbox.truth().recordings()) {
            HttpResponse<byte[]> media = caller.get(RECORDING + one + "/content");
            boolean wav = Caller.header(media, "Content-Type").equals("audio/wav");
            assertThat(new String(media.body(), 0, 4, StandardCharsets.ISO_8859_1)).startsWith(wav ? "RIFF" : "ID3");
            types.add(Caller.header(media, "Content-Type"));
            sums.add(sandbox.sha256(one));
        }
        assertThat(sums).hasSize(60);
        assertThat(types).containsExactlyInAnyOrder("audio/mpeg", "audio/wav");
    }

    @Test
    void gives_a_part_when_asked_for_one() {
        byte[] whole = caller.get(RECORDING + id + "/content").body();
        HttpResponse<byte[]> tail = part("bytes=100-");
        assertThat(tail.statusCode()).isEqualTo(206);
        assertThat(tail.body()).isEqualTo(Arrays.copyOfRange(whole, 100, whole.length));
        assertThat(Caller.header(tail, "Content-Range"))
                .isEqualTo("bytes 100-" + (whole.length - 1) + "/" + whole.length);
        assertThat(part("bytes=0-9").body()).isEqualTo(Arrays.copyOf(whole, 10));
        assertThat(part("bytes=-10").body()).isEqualTo(Arrays.copyOfRange(whole, whole.length - 10, whole.length));
        assertThat(part("bytes=1-2,4-5").statusCode()).isEqualTo(200);
        HttpResponse<byte[]> beyond = part("bytes=" + whole.length + "-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(Caller.code(beyond)).isEqualTo("CMN-107");
        assertThat(Caller.header(beyond, "Content-Range")).isEqualTo("bytes */" + whole.length);
    }

    @Test
    void what_is_not_there_is_not_found() {
        HttpResponse<byte[]> missing = caller.get(RECORDING + "1/content");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(Caller.code(missing)).isEqualTo("CMN-102");
        assertThat(Caller.json(missing).get("parameterName").asText()).isEqualTo("callRecordingId");
    }

    @Test
    void synthetic_bytes_are_the_same_from_every_offset_and_differ_between_recordings() throws IOException {
        SyntheticMedia media = new SyntheticMedia("990", 300_000);
        byte[] whole = written(media, 0, 300_000);
        for (int offset : new int[] {0, 5, 40, 65_535, 65_536, 65_537, 131_070, 299_999}) {
            int count = Math.min(70_000, 300_000 - offset);
            assertThat(written(media, offset, count)).isEqualTo(Arrays.copyOfRange(whole, offset, offset + count));
        }
        assertThat(Arrays.copyOf(whole, 3)).isEqualTo("ID3".getBytes(StandardCharsets.US_ASCII));
        assertThat(Arrays.copyOfRange(whole, 65_536, 131_072))
                .isNotEqualTo(Arrays.copyOfRange(whole, 131_072, 196_608));
        assertThat(new SyntheticMedia("991", 300_000).sha256()).isNotEqualTo(media.sha256());
    }

    @Test
    void a_large_synthetic_recording_can_be_read_at_its_end() {
        long twoGigabytes = 2L << 30;
        try (Sandbox large = Sandbox.start(SandboxOptions.bulk(1, twoGigabytes), clock)) {
            Caller other = Caller.signedIn(large);
            String one = large.truth().recordings().get(0);
            HttpResponse<byte[]> end =
                    other.get(RECORDING + one + "/content", "Range", "bytes=" + (twoGigabytes - 5) + "-");
            assertThat(end.body()).hasSize(5);
            assertThat(Caller.header(end, "Content-Range")).endsWith("/" + twoGigabytes);
        }
    }

    private HttpResponse<byte[]> part(String range) {
        return caller.get(RECORDING + id + "/content", "Range", range);
    }

    private static byte[] written(Media media, long offset, long count) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        media.write(out, offset, count);
        return out.toByteArray();
    }
}
