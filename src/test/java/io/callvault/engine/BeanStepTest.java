// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.apache.camel.Variables;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.language.MethodCallExpression;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bean step does what Camel's own does, whichever of the two it is. */
class BeanStepTest {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final CompletableFuture<String> later = new CompletableFuture<>();
    private final AtomicInteger calls = new AtomicInteger();

    /** What routes call; public methods of a class that is not. */
    final class Steps {

        public String join(@Variable("left") String left, @Body String body, @Headers Map<String, Object> headers) {
            return left + body + headers.get("right");
        }

        public void note(@Variables Map<String, Object> variables, @Variable("absent") String absent) {
            variables.put("noted", absent == null ? "nothing" : absent);
        }

        public Object empty() {
            return null;
        }

        public Integer length(@Body Integer number) {
            return number + 1;
        }

        public CompletionStage<String> goOn(@Body String body) {
            return later.thenApply(more -> body + more);
        }

        public CompletionStage<Void> ready() {
            return CompletableFuture.completedFuture(null);
        }

        public void fail(@Body String body) {
            throw new IllegalStateException("as told: " + body);
        }

        public CompletionStage<Void> failLater() {
            return CompletableFuture.failedFuture(new IllegalStateException("as told"));
        }

        public String known(@Header("right") String header) {
            return header;
        }

        public boolean isLong(@Body String body) {
            if (body == null) {
                throw new IllegalStateException("no body");
            }
            return body.length() > 8;
        }

        public void count(@Body Object body) {
            calls.incrementAndGet();
        }
    }

    @BeforeEach
    void bind() {
        context.getRegistry().bind("steps", new Steps());
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private void start(boolean isOurs, String... methods) throws Exception {
        if (isOurs) {
            BeanSteps.join(context);
        }
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                var route = from("direct:in").errorHandler(noErrorHandler()).setVariable("left", constant("l"));
                for (String method : methods) {
                    BeanDefinition step = new BeanDefinition();
                    step.setRef("steps");
                    step.setMethod(method);
                    route.addOutput(step);
                }
            }
        });
        context.start();
    }

    private Exchange send(Object body) {
        return context.createFluentProducerTemplate()
                .to("direct:in")
                .withHeader("right", "r")
                .withBody(body)
                .send();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void arguments_come_from_variables_body_and_headers(boolean isOurs) throws Exception {
        start(isOurs, "join", "note");
        Exchange exchange = send("b");
        assertThat(exchange.getMessage().getBody()).isEqualTo("lbr");
        assertThat(exchange.getVariable("noted")).isEqualTo("nothing");
        assertThat(exchange.getMessage().getHeader("right")).isEqualTo("r");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_body_is_converted_or_refused(boolean isOurs) throws Exception {
        start(isOurs, "length");
        assertThat(send("41").getMessage().getBody()).isEqualTo(42);
        assertThat(send("many").getException()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothing_as_the_result_empties_the_body_and_no_result_leaves_it(boolean isOurs) throws Exception {
        start(isOurs, "note", "ready", "count");
        assertThat(send("b").getMessage().getBody()).isEqualTo("b");
        assertThat(calls).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void null_empties_the_body(boolean isOurs) throws Exception {
        start(isOurs, "empty");
        assertThat(send("b").getMessage().getBody()).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void work_that_goes_on_holds_no_thread(boolean isOurs) throws Exception {
        start(isOurs, "goOn", "count");
        AsyncProducer producer = context.getEndpoint("direct:in").createAsyncProducer();
        producer.start();
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody("b");
        CompletableFuture<Exchange> sent = producer.processAsync(exchange);
        assertThat(sent).isNotDone();
        assertThat(calls).hasValue(0);
        later.complete("!");
        assertThat(sent).isDone();
        assertThat(exchange.getMessage().getBody()).isEqualTo("b!");
        assertThat(calls).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_a_method_throws_is_what_the_exchange_failed_with(boolean isOurs) throws Exception {
        start(isOurs, "fail", "count");
        assertThat(send("b").getException())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("as told: b");
        assertThat(calls).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void work_that_failed_is_too(boolean isOurs) throws Exception {
        start(isOurs, "failLater", "count");
        assertThat(send("b").getException()).isInstanceOf(IllegalStateException.class);
        assertThat(calls).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_question_is_answered_and_changes_nothing(boolean isOurs) throws Exception {
        if (isOurs) {
            BeanSteps.join(context);
        }
        MethodCallExpression question = new MethodCallExpression();
        question.setRef("steps");
        question.setMethod("isLong");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .errorHandler(noErrorHandler())
                        .filter(question)
                        .setHeader("long", constant(true))
                        .end()
                        .bean("steps", "count");
            }
        });
        context.start();
        assertThat(send("long enough").getMessage().getHeader("long")).isEqualTo(true);
        assertThat(send("short").getMessage().getHeader("long")).isNull();
        assertThat(calls).hasValue(2);
        assertThat(send(null).getException())
                .satisfiesAnyOf(
                        direct -> assertThat(direct).isInstanceOf(IllegalStateException.class),
                        wrapped -> assertThat(wrapped).hasRootCauseInstanceOf(IllegalStateException.class));
        assertThat(calls).hasValue(2);
    }

    @Test
    void what_is_not_known_here_is_camels() throws Exception {
        start(true, "known");
        assertThat(send("b").getMessage().getBody()).isEqualTo("r");
    }
}
