package cn.tiaoxi.platform.identity;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Denies by default: an endpoint is reached only as its annotation says. */
class PermissionInterceptor implements HandlerInterceptor {
    private final Access access;

    PermissionInterceptor(Access access) {
        this.access = access;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method)
                || !method.getBeanType().getName().startsWith("cn.tiaoxi.")) {
            return true;
        }
        if (method.hasMethodAnnotation(OpenToAll.class)) {
            return true;
        }
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            return true; // The end of an answer that was permitted when it began.
        }
        Actor actor = access.actor();
        if (method.hasMethodAnnotation(SignedIn.class)) {
            return true;
        }
        Permission permission = method.getMethodAnnotation(Permission.class);
        String needed = permission == null ? "none" : permission.value();
        if (permission == null || !actor.may(needed)) {
            throw IdentityException.permissionMissing(needed, "");
        }
        return true;
    }
}
