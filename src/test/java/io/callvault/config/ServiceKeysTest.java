// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.error.StopAllException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of the log and of what is shown to other programs. */
class ServiceKeysTest {

    @TempDir
    Path directory;

    private Configuration read(String text) {
        return new ConfigurationReader(null)
                .read(
                        directory.resolve("application.properties"),
                        "callvault.routes = " + Path.of("routes").toAbsolutePath() + "\n" + text);
    }

    @Test
    void the_log_is_written_as_it_is_set() {
        assertThat(read("").log().isPlain()).isTrue();
        assertThat(read("callvault.log.format = json\n").log()).isEqualTo(new Configuration.Log(true, false));
        assertThat(read("callvault.log.mask-numbers = true\n").log()).isEqualTo(new Configuration.Log(false, true));
        assertThatThrownBy(() -> read("callvault.log.format = xml\ncallvault.log.mask-numbers = yes\n"))
                .isInstanceOf(StopAllException.class)
                .hasMessageContaining("callvault.log.format = xml: must be one of text, json")
                .hasMessageContaining("callvault.log.mask-numbers = yes: must be true or false");
    }

    @Test
    void the_token_of_metrics_is_resolved_by_who_shows_them() {
        assertThat(read("").resolveObserveToken()).isNull();
        assertThat(read("callvault.observe.token = {{sys:no.such.property:t0ken}}\n").resolveObserveToken())
                .isEqualTo("t0ken");
        Configuration missing = read("callvault.observe.token = {{env:CALLVAULT_NOT_SET}}\n");
        assertThatThrownBy(missing::resolveObserveToken)
                .isInstanceOf(StopAllException.class)
                .hasMessageContaining("callvault.observe.token = ***")
                .hasMessageContaining("CALLVAULT_NOT_SET");
        assertThat(read("callvault.observe.token = s3cr3t\n").warnings())
                .singleElement()
                .asString()
                .contains("callvault.observe.token = ***", "should be a reference")
                .doesNotContain("s3cr3t");
    }

    @Test
    void traces_go_where_it_is_said_and_nowhere_else() {
        assertThat(read("callvault.traces.share = 5%\n").traces()).isNull();
        assertThat(read("").resolveTracesToken()).isNull();
        Configuration some = read("callvault.traces.endpoint = https://collector.example:4318\n"
                + "callvault.traces.share = 5%\ncallvault.traces.token = {{sys:no.such.property:t0ken}}\n");
        assertThat(some.traces().endpoint()).isEqualTo(URI.create("https://collector.example:4318"));
        assertThat(some.traces().share()).isEqualTo(5);
        assertThat(some.resolveTracesToken()).isEqualTo("t0ken");
        assertThat(read("callvault.traces.endpoint = http://127.0.0.1:4318\n").traces().share()).isEqualTo(100);
        Configuration missing = read("callvault.traces.endpoint = http://127.0.0.1:4318\n"
                + "callvault.traces.token = {{env:CALLVAULT_NOT_SET}}\n");
        assertThatThrownBy(missing::resolveTracesToken)
                .isInstanceOf(StopAllException.class)
                .hasMessageContaining("callvault.traces.token = ***")
                .hasMessageContaining("CALLVAULT_NOT_SET");
        assertThatThrownBy(() -> read("callvault.traces.endpoint = http://collector.example/v1\ncallvault.traces.share = 0%\n"))
                .isInstanceOf(StopAllException.class)
                .hasMessageContaining("callvault.traces.endpoint = http://collector.example/v1: must be an address")
                .hasMessageContaining("callvault.traces.share = 0%: must be a percentage");
    }
}
