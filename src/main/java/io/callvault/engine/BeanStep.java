// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/** A {@code bean} step of a route. */
final class BeanStep extends AsyncProcessorSupport {

    private final BeanCall call;

    BeanStep(BeanCall call) {
        this.call = call;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            Object result = call.on(exchange);
            if (result instanceof CompletionStage<?> stage) {
                return await(exchange, stage, callback);
            }
            if (call.returns() != void.class) {
                exchange.getMessage().setBody(result);
            }
        } catch (Exception e) {
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }

    /** Goes on in the caller's thread if the work is over already. */
    private static boolean await(Exchange exchange, CompletionStage<?> stage, AsyncCallback callback) {
        boolean isOver = stage instanceof CompletableFuture<?> future && future.isDone();
        stage.whenComplete((result, failure) -> {
            if (failure != null) {
                exchange.setException(failure);
            } else if (result != null) {
                exchange.getMessage().setBody(result);
            }
            callback.done(isOver);
        });
        return isOver;
    }
}
