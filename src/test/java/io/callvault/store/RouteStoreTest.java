// SPDX-License-Identifier: Apache-2.0
package io.callvault.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.error.ErrorCode;
import io.callvault.error.TryAgainException;
import io.callvault.model.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target that an operator made of Camel's own components, some better than others. */
class RouteStoreTest {

    @TempDir
    Path scratch;

    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:store-plain")
                        .errorHandler(noErrorHandler())
                        .filter(simple("${variable.operation} == 'put'"))
                        .setHeader("CamelFileName", simple("${variable.path}"))
                        .to("file:" + scratch.resolve("plain") + "?fileExist=Fail&checksumFileAlgorithm=SHA-256")
                        .setVariable("location", simple("${header.CamelFileNameProduced}"))
                        .setVariable("checksum", simple("sha256:${variable.sha256}"))
                        .end();
                from("direct:store-silent").errorHandler(noErrorHandler()).log("${variable.target}");
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private RouteStore store(String target) {
        return new RouteStore(context.createProducerTemplate(), target);
    }

    private StorePut put(String path) throws IOException {
        Path file = Files.writeString(scratch.resolve("item"), "x");
        return new StorePut(path, file, 1, Bytes.sha256(new byte[] {'x'}), null, false);
    }

    @Test
    void plain_components_can_be_a_target() throws IOException {
        Receipt receipt = store("plain").put(put("acme/1.mp3"));

        assertThat(Path.of(receipt.location())).hasContent("x");
        assertThat(receipt.checksum()).isEqualTo("sha256:" + receipt.sha256());
    }

    @Test
    void a_failure_that_is_not_ours_counts_as_passing_and_names_the_target() throws IOException {
        store("plain").put(put("acme/1.mp3"));

        assertThatThrownBy(() -> store("plain").put(put("acme/1.mp3")))
                .isInstanceOfSatisfying(TryAgainException.class, thrown -> assertThat(thrown.code())
                        .isEqualTo(ErrorCode.STORE_UNREACHABLE))
                .hasMessageContaining("target plain")
                .hasMessageContaining("acme/1.mp3");
    }

    @Test
    void a_put_without_a_proof_is_not_stored_and_a_question_without_an_answer_is_no_no() throws IOException {
        RouteStore silent = store("silent");

        for (ThrowingRunnable operation : List.<ThrowingRunnable>of(
                () -> silent.put(put("acme/1.mp3")),
                () -> silent.stat("acme/1.mp3"),
                () -> silent.get("acme/1.mp3", 0, -1, scratch.resolve("into")))) {
            assertThatThrownBy(operation::run)
                    .isInstanceOfSatisfying(TryAgainException.class, thrown -> assertThat(thrown.code())
                            .isEqualTo(ErrorCode.STORE_NOT_PROVED))
                    .hasMessageContaining("did not set the variable");
        }
    }

    private interface ThrowingRunnable {
        void run() throws Exception;
    }

    @Test
    void a_target_without_list_says_so_instead_of_looking_empty() {
        List<StoredObject> listed = new ArrayList<>();

        assertThat(store("silent").lists()).isFalse();
        assertThatThrownBy(() -> store("silent").list("", listed::add))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void a_target_that_nobody_listens_to_is_an_error() throws IOException {
        StorePut put = put("acme/1.mp3");

        assertThatThrownBy(() -> store("none").put(put)).hasMessageContaining("target none");
    }
}
