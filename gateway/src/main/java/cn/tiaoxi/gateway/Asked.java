package cn.tiaoxi.gateway;

/** What a call asks for, checked. */
sealed interface Asked permits Query, ServiceQuery {}
