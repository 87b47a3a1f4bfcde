// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.observe.Observed;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;

/** Metrics and health on the console's port. */
final class ObserveRoute extends RouteBuilder {

    private final Observed observed;

    ObserveRoute(Observed observed) {
        this.observed = observed;
    }

    @Override
    public void configure() {
        serve("metrics", "/observe/metrics", "What Prometheus reads.");
        serve("live", "/observe/health/live", "Whether the program moves; restart it when it does not.");
        serve("ready", "/observe/health/ready", "Whether the ledger takes what is written.");
    }

    private void serve(String page, String path, String description) {
        from("platform-http:" + path + "?httpMethodRestrict=GET&muteException=true")
                .routeId("observe-" + page)
                .routeDescription(description)
                .process(exchange -> {
                    Message message = exchange.getMessage();
                    Observed.Page answer = observed.page(page, message.getHeader("Authorization", String.class));
                    message.removeHeaders("*");
                    message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
                    message.setHeader(Exchange.CONTENT_TYPE, answer.type());
                    message.setHeader("Cache-Control", "no-store");
                    message.setBody(answer.text());
                });
    }
}
