// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.ledger.Ledger;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * A ledger lent to one engine. Once it is taken back, whatever of that engine still comes to its end, a put into a
 * directory that hung perhaps, changes nothing any more that by then is the next engine's.
 */
final class Loan implements InvocationHandler {

    private final Ledger ledger;
    private volatile boolean isOver;

    Loan(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The ledger as the engine sees it. */
    Ledger ledger() {
        return (Ledger) Proxy.newProxyInstance(Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, this);
    }

    /** What is asked for from now on is refused as cancelled. */
    void end() {
        isOver = true;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (isOver) {
            CancellationException over = new CancellationException("the ledger is another engine's now");
            if (method.getReturnType() == CompletableFuture.class) {
                return CompletableFuture.failedFuture(over);
            }
            throw over;
        }
        try {
            return method.invoke(ledger, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
